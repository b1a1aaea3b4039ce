using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>OpenAI's <c>error</c> event.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Message">In words.</param>
/// <param name="Param">JSON path of the field at fault.</param>
/// <param name="SequenceNumber">The next in the stream.</param>
/// <param name="Error">The same as the envelope has it: the Python client throws at this member, and at this one only.</param>
public sealed record ResponseErrorEvent(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    int SequenceNumber,
    ResponseErrorDetails Error)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = ResponseStreamEvent.ErrorType;

    internal static ResponseErrorEvent Of(DialectError error, int sequenceNumber) => new(
        error.Code ?? error.Type,
        error.Message,
        error.Param,
        sequenceNumber,
        new ResponseErrorDetails(error.Message, error.Type, error.Param, error.Code));
}

/// <summary>What the error envelope of a plain answer holds. All four members are always there.</summary>
/// <param name="Message">What went wrong and, where it helps, what to do.</param>
/// <param name="Type"><c>invalid_request_error</c>, <c>rate_limit_error</c> or <c>server_error</c>.</param>
/// <param name="Param">JSON path of the field at fault.</param>
/// <param name="Code">A stable word for programs.</param>
public sealed record ResponseErrorDetails(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code);
