using System.Text.Json.Serialization;
using LlamaGate.Api.Errors;
using LlamaGate.Application.Responses.Contracts;

namespace LlamaGate.Api.Responses;

/// <summary>OpenAI's <c>error</c> event.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Message">In words.</param>
/// <param name="Param">JSON path of the field at fault.</param>
/// <param name="SequenceNumber">The next in the stream.</param>
/// <param name="Error">The same as the envelope has it: the Python client throws at this member, and at this one only.</param>
internal sealed record ResponseErrorEvent(string Code, string Message, string? Param, int SequenceNumber, OpenAIErrorBody Error)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = ResponseStreamEvent.ErrorType;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResponseErrorEvent))]
internal sealed partial class ResponseErrorJsonContext : JsonSerializerContext;
