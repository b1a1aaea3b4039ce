using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>What a kept response counts for: its texts, and a round sum for each object around them.</summary>
internal static class StoredResponseSize
{
    /// <summary>Bytes of an object with its references, about.</summary>
    private const int Object = 200;

    /// <summary>A response without texts, and its places in the store.</summary>
    private const int Response = 2000;

    /// <summary>A parsed JSON text holds twelve bytes for each token beside the text.</summary>
    private const int JsonFactor = 3;

    public static long Of(ResponseObject response, IReadOnlyList<ResponseInputItem> input)
    {
        var size = Response + Of(response.Instructions) + Of(response.Metadata) + Of(response.Text) + Of(response.Model)
            + Of(response.User) + Of(response.PromptCacheKey) + Of(response.SafetyIdentifier) + Of(response.PreviousResponseId)
            + Of(response.Reasoning.Effort) + Of(response.Reasoning.Summary);
        foreach (var tool in response.Tools)
        {
            size += Of(tool);
        }

        foreach (var item in input)
        {
            size += Of(item);
        }

        foreach (var item in response.Output)
        {
            size += Of(item);
        }

        return size;
    }

    private static long Of(ResponseInputItem item) => Object + Of(item.Content) + Of(item.Output) + Of(item.Summary)
        + Of(item.Arguments) + Of(item.Input) + Of(item.Name) + Of(item.CallId) + Of(item.Id) + Of(item.Type) + Of(item.Role)
        + Of(item.Namespace) + Of(item.Execution) + Of(item.Action) + Of(item.EncryptedContent) + Of(item.Unknown)
        + (item.Tools?.Sum(Of) ?? 0) + Of(item.Reasoning?.Effort) + (item.Text is { } text ? Of(text) : 0);

    private static long Of(ResponseTool? tool) => tool is null
        ? Object
        : Object + Of(tool.Type) + Of(tool.Name) + Of(tool.Description) + Of(tool.Parameters) + Of(tool.Format) + Of(tool.Execution)
            + Of(tool.Unknown) + (tool.Tools?.Sum(Of) ?? 0);

    private static long Of(ResponseOutputItem item) => Object + item switch
    {
        ResponseOutputMessage message => message.Content.Sum(Of),
        ResponseReasoningItem thought => thought.Summary.Sum(Of) + Of(thought.EncryptedContent),
        ResponseFunctionCall call => Of(call.Arguments) + Of(call.Name) + Of(call.CallId),
        ResponseCustomToolCall call => Of(call.Input) + Of(call.Name) + Of(call.CallId),
        ResponseToolSearchCall call => Of(call.Arguments) + Of(call.CallId),
        ResponseShellCall call => call.Action.Commands.Sum(Of) + Of(call.CallId),
        _ => 0,
    };

    private static long Of(ResponseOutputPart part) =>
        Object + Of(part.Text) + (part.Logprobs?.Sum(token => (1L + (token.TopLogprobs?.Count ?? 0)) * Object) ?? 0);

    private static long Of(ResponseContent? content) => content is null ? 0 : Object + Of(content.Text) + Of(content.Parts);

    private static long Of(IReadOnlyList<ResponseContentPart?>? parts)
    {
        long size = 0;
        for (var i = 0; i < (parts?.Count ?? 0); i++)
        {
            var part = parts![i];
            size += Object + Of(part?.Type) + Of(part?.Text) + Of(part?.Refusal) + Of(part?.ImageUrl) + Of(part?.Unknown);
        }

        return size;
    }

    private static long Of(ResponseTextParam text) => Of(text.Unknown) + Of(text.Format?.Type) + Of(text.Format?.Name)
        + Of(text.Format?.Description) + Of(text.Format?.Schema);

    /// <summary>Members without a meaning here are kept, since the response and its items are given back as they came.</summary>
    private static long Of(IDictionary<string, JsonElement>? members)
    {
        long size = 0;
        foreach (var (name, value) in members ?? ReadOnlyDictionary<string, JsonElement>.Empty)
        {
            size += Object + Of(name) + Of(value);
        }

        return size;
    }

    private static long Of(string? text) => text is null ? 0 : text.Length * sizeof(char);

    private static long Of(Utf8Text? text) => text is { } bytes ? bytes.Bytes.Length : 0;

    private static long Of(JsonElement? json) =>
        json is { ValueKind: not JsonValueKind.Undefined } element ? JsonMarshal.GetRawUtf8Value(element).Length * JsonFactor : 0;
}
