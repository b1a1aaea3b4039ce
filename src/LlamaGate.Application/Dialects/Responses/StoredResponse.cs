using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>A response that was given, and what it answered.</summary>
/// <param name="Response">As it was given.</param>
/// <param name="Input">The whole conversation before it, without the instructions; no item is a reference.</param>
public sealed record StoredResponse(ResponseObject Response, IReadOnlyList<ResponseInputItem> Input)
{
    /// <summary>Bytes that it holds in memory, about.</summary>
    public long Size { get; } = StoredResponseSize.Of(Response, Input);

    /// <summary>The output, as a caller would send it back.</summary>
    internal IEnumerable<ResponseInputItem> Output => Response.Output.Select(ToInput);

    internal ResponseInputItem? FindItem(string id) =>
        Response.Output.FirstOrDefault(item => item.Id == id) is { } found ? ToInput(found) : null;

    private static ResponseInputItem ToInput(ResponseOutputItem item) => item switch
    {
        ResponseOutputMessage message => new()
        {
            Id = message.Id,
            Type = message.Type,
            Role = message.Role,
            Content = new ResponseContent { Parts = [.. message.Content.Select(ToPart)] },
        },
        ResponseReasoningItem thought => new()
        {
            Id = thought.Id,
            Type = thought.Type,
            Summary = [.. thought.Summary.Select(ToPart)],
        },
        ResponseFunctionCall call => new()
        {
            Id = call.Id,
            Type = call.Type,
            CallId = call.CallId,
            Name = call.Name,
            Namespace = call.Namespace,
            Arguments = call.Arguments,
        },
        ResponseCustomToolCall call => new()
        {
            Id = call.Id,
            Type = call.Type,
            CallId = call.CallId,
            Name = call.Name,
            Namespace = call.Namespace,
            Input = call.Input,
        },
        ResponseToolSearchCall call => new()
        {
            Id = call.Id,
            Type = call.Type,
            CallId = call.CallId,
            Execution = call.Execution,
            Arguments = call.Arguments.GetRawText(),
        },
        ResponseShellCall call => new()
        {
            Id = call.Id,
            Type = call.Type,
            CallId = call.CallId,
            Action = JsonSerializer.SerializeToElement(call.Action, ResponsesJsonContext.Instance.ResponseShellAction),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Type, "No model gives such an item."),
    };

    private static ResponseContentPart ToPart(ResponseOutputPart part) => new() { Type = part.Type, Text = part.Text };
}
