using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// The tools and calls that can be sent to a model: functions. Clients also send tools of other types, often without a way to switch them
/// off. These are left out and listed, and a history that contains calls to them is accepted.
/// </summary>
internal static class ChatTools
{
    public static bool IsFunction(ToolParam? tool) => tool?.Type == ToolChoice.Function;

    /// <summary>The functions that are offered, in the newer form or the older.</summary>
    public static IEnumerable<FunctionParam?>? Functions(ChatCompletionRequest request) =>
        request.Functions is { Count: > 0 } older ? older : request.Tools?.Where(IsFunction).Select(tool => tool!.Function);

    /// <summary>The call as a function call; null if it cannot be represented as one.</summary>
    public static FunctionCallParam? AsFunction(ToolCallParam? call) => call switch
    {
        { Function: { } function } => function,
        // A custom tool takes text, a function takes an object.
        { Custom: { Name.Length: > 0 } custom } => new FunctionCallParam
        {
            Name = custom.Name,
            Arguments = $$"""{"input":"{{JsonEncodedText.Encode(custom.Input ?? "", JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""",
        },
        _ => null,
    };

    /// <summary>Whether it calls a tool that is not a function, so that a function's members may be missing.</summary>
    public static bool IsForeign(ToolCallParam? call) => call is { Function: null, Type: not (null or "" or ToolChoice.Function) };
}
