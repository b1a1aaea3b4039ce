using System.Text.Json.Serialization;
using LlamaGate.Application.Chat.Contracts;

namespace LlamaGate.Application.Responses.Contracts;

/// <summary>One thing that the model produced.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ResponseReasoningItem), "reasoning")]
[JsonDerivedType(typeof(ResponseOutputMessage), "message")]
[JsonDerivedType(typeof(ResponseFunctionCall), "function_call")]
public abstract record ResponseOutputItem
{
    /// <summary>A prefix for the kind and 24 random letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>in_progress, completed or incomplete.</summary>
    public required string Status { get; init; }
}

/// <summary>What a thinking model thought before it answered; id <c>rs_…</c>.</summary>
public sealed record ResponseReasoningItem : ResponseOutputItem
{
    public required IReadOnlyList<ResponseSummaryText> Summary { get; init; }
}

/// <summary>What the model said; id <c>msg_…</c>.</summary>
public sealed record ResponseOutputMessage : ResponseOutputItem
{
    public string Role { get; } = "assistant";

    public required IReadOnlyList<ResponseOutputText> Content { get; init; }
}

/// <summary>A call that the model asks for; id <c>fc_…</c>.</summary>
public sealed record ResponseFunctionCall : ResponseOutputItem
{
    /// <summary>The id that the call's function_call_output names.</summary>
    public required string CallId { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON object as a string.</summary>
    public required string Arguments { get; init; }
}

/// <summary>A part that a message or a reasoning item is made of.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ResponseOutputText), "output_text")]
[JsonDerivedType(typeof(ResponseSummaryText), "summary_text")]
public abstract record ResponseOutputPart
{
    public required string Text { get; init; }
}

/// <summary>Thoughts. They are whole and no summary, since there is no other model to sum them up.</summary>
public sealed record ResponseSummaryText : ResponseOutputPart;

/// <summary>Visible text.</summary>
public sealed record ResponseOutputText : ResponseOutputPart
{
    /// <summary>Always empty: there are no files or searches to cite.</summary>
    public IReadOnlyList<string> Annotations { get; } = [];

    /// <summary>Empty unless they were asked for.</summary>
    public IReadOnlyList<ChatTokenLogprob> Logprobs { get; init; } = [];
}
