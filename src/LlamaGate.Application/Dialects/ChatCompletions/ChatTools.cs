using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// What of a request's tools and calls a model can be told: functions. Clients send tools of other types beside them that nobody can
/// switch off; those are left out and named, and a history with calls of them goes on.
/// </summary>
internal static class ChatTools
{
    public static bool IsFunction(ToolParam? tool) => tool?.Type == ToolChoice.Function;

    /// <summary>The functions that are offered, in the newer form or the older.</summary>
    public static IEnumerable<FunctionParam?>? Functions(ChatCompletionRequest request) =>
        request.Functions is { Count: > 0 } older ? older : request.Tools?.Where(IsFunction).Select(tool => tool!.Function);

    /// <summary>The call as one of a function; null where it is none and says nothing that could stand for one.</summary>
    public static FunctionCallParam? AsFunction(ToolCallParam? call) => call switch
    {
        { Function: { } function } => function,
        // A custom tool takes a text, a function an object.
        { Custom: { Name.Length: > 0 } custom } => new FunctionCallParam
        {
            Name = custom.Name,
            Arguments = $$"""{"input":"{{JsonEncodedText.Encode(custom.Input ?? "", JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""",
        },
        _ => null,
    };

    /// <summary>Whether it is a call of a tool that is no function, and so may lack a function's members.</summary>
    public static bool IsForeign(ToolCallParam? call) => call is { Function: null, Type: not (null or "" or ToolChoice.Function) };
}
