using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>OpenAI's piece of a streamed response. A member that is absent does not belong to the type.</summary>
public sealed record ResponseStreamEvent
{
    public const string Created = "response.created";
    public const string InProgress = "response.in_progress";
    public const string Completed = "response.completed";
    public const string Incomplete = "response.incomplete";
    public const string Failed = "response.failed";
    public const string ErrorType = "error";
    public const string ItemAdded = "response.output_item.added";
    public const string ItemDone = "response.output_item.done";
    public const string PartAdded = "response.content_part.added";
    public const string PartDone = "response.content_part.done";
    public const string TextDelta = "response.output_text.delta";
    public const string TextDone = "response.output_text.done";
    public const string SummaryPartAdded = "response.reasoning_summary_part.added";
    public const string SummaryPartDone = "response.reasoning_summary_part.done";
    public const string SummaryDelta = "response.reasoning_summary_text.delta";
    public const string SummaryDone = "response.reasoning_summary_text.done";
    public const string ArgumentsDelta = "response.function_call_arguments.delta";
    public const string ArgumentsDone = "response.function_call_arguments.done";
    public const string InputDelta = "response.custom_tool_call_input.delta";
    public const string InputDone = "response.custom_tool_call_input.done";

    /// <summary>Also the name of the server-sent event.</summary>
    public required string Type { get; init; }

    /// <summary>From 0, without gaps.</summary>
    public required int SequenceNumber { get; init; }

    /// <summary>The response so far; at its beginning and its end, and as a sign of life. Only the last has tools and instructions.</summary>
    public ResponseObject? Response { get; init; }

    /// <summary>The item's place in <c>response.output</c>.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>The item, where it begins and ends.</summary>
    public ResponseOutputItem? Item { get; init; }

    public string? ItemId { get; init; }

    /// <summary>The part's place in a message.</summary>
    public int? ContentIndex { get; init; }

    /// <summary>The part's place in a reasoning item.</summary>
    public int? SummaryIndex { get; init; }

    /// <summary>The part, where it begins and ends.</summary>
    public ResponseOutputPart? Part { get; init; }

    /// <summary>The new part of the text, the arguments or the input.</summary>
    public string? Delta { get; init; }

    /// <summary>The whole text, when it is done.</summary>
    public string? Text { get; init; }

    /// <summary>On the events of visible text: empty unless requested.</summary>
    public IReadOnlyList<ChatTokenLogprob>? Logprobs { get; init; }

    /// <summary>The called function, when its arguments are done.</summary>
    public string? Name { get; init; }

    /// <summary>The whole arguments, when they are done.</summary>
    public string? Arguments { get; init; }

    /// <summary>The whole input of a custom tool, when it is done.</summary>
    public string? Input { get; init; }
}
