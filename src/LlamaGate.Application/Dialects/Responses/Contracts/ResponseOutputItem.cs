using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>One thing that the model produced.</summary>
/// <param name="Type">What it is; the other members depend on it.</param>
[JsonDerivedType(typeof(ResponseReasoningItem))]
[JsonDerivedType(typeof(ResponseOutputMessage))]
[JsonDerivedType(typeof(ResponseFunctionCall))]
[JsonDerivedType(typeof(ResponseCustomToolCall))]
[JsonDerivedType(typeof(ResponseToolSearchCall))]
[JsonDerivedType(typeof(ResponseShellCall))]
public abstract record ResponseOutputItem([property: JsonPropertyOrder(-4)] string Type)
{
    /// <summary>A prefix for the kind and 24 random letters and digits.</summary>
    [JsonPropertyOrder(-3)]
    public required string Id { get; init; }

    /// <summary>in_progress, completed or incomplete.</summary>
    [JsonPropertyOrder(-2)]
    public required string Status { get; init; }
}

/// <summary>What a thinking model thought before it answered; id <c>rs_…</c>.</summary>
public sealed record ResponseReasoningItem() : ResponseOutputItem("reasoning")
{
    public required IReadOnlyList<ResponseOutputPart> Summary { get; init; }

    /// <summary>With <c>include</c>: the thoughts again, for clients that send only this back. Encoded, not encrypted.</summary>
    public string? EncryptedContent { get; private init; }

    internal static ResponseReasoningItem Begin() =>
        new() { Id = "rs_" + RandomIds.New(), Status = ResponseObject.InProgress, Summary = [] };

    /// <param name="isSealed">See <see cref="EncryptedContent"/>.</param>
    internal ResponseReasoningItem End(string text, string status, bool isSealed) => this with
    {
        Status = status,
        Summary = [ResponseOutputPart.Thought(text)],
        EncryptedContent = isSealed ? ReasoningSeal.Seal(text) : null,
    };
}

/// <summary>What the model said; id <c>msg_…</c>.</summary>
public sealed record ResponseOutputMessage() : ResponseOutputItem("message")
{
    public string Role { get; } = "assistant";

    public required IReadOnlyList<ResponseOutputPart> Content { get; init; }

    internal static ResponseOutputMessage Begin() =>
        new() { Id = "msg_" + RandomIds.New(), Status = ResponseObject.InProgress, Content = [] };

    internal ResponseOutputMessage End(string text, IReadOnlyList<ChatTokenLogprob> logprobs, string status) =>
        this with { Status = status, Content = [ResponseOutputPart.Said(text, logprobs)] };
}

/// <summary>A part that a message or a reasoning item is made of.</summary>
public sealed record ResponseOutputPart
{
    /// <summary>output_text for what was said; summary_text for thoughts, which are whole: nothing is there to sum them up.</summary>
    public required string Type { get; init; }

    public required string Text { get; init; }

    /// <summary>Always empty: there are no files or searches to cite.</summary>
    public IReadOnlyList<string>? Annotations { get; private init; }

    /// <summary>Empty unless requested.</summary>
    public IReadOnlyList<ChatTokenLogprob>? Logprobs { get; private init; }

    internal static ResponseOutputPart Said(string text, IReadOnlyList<ChatTokenLogprob> logprobs) =>
        new() { Type = "output_text", Text = text, Annotations = [], Logprobs = logprobs };

    internal static ResponseOutputPart Thought(string text) => new() { Type = "summary_text", Text = text };
}
