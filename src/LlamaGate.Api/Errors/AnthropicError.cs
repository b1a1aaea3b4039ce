using System.Text.Json.Serialization;

namespace LlamaGate.Api.Errors;

/// <summary>Anthropic's error envelope, as a plain answer and as a stream's event <c>error</c>.</summary>
/// <param name="RequestId">The same as the header's <c>request-id</c>.</param>
internal sealed record AnthropicError(AnthropicErrorBody Error, string? RequestId)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "error";
}

/// <param name="Type">What kind of error it is: <c>invalid_request_error</c>, <c>overloaded_error</c> …</param>
/// <param name="Message">What went wrong and where, and, where it helps, what to do.</param>
internal sealed record AnthropicErrorBody(string Type, string Message)
{
    /// <summary>The cause in words for programs; absent for an error on which no client acts by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnthropicErrorDetails? Details { get; init; }
}

/// <param name="ErrorCode"><c>thread_unsupported_request</c>: clients go on by themselves without the thread.</param>
/// <param name="Unsupported">The fields that the gateway does not support.</param>
internal sealed record AnthropicErrorDetails(string ErrorCode, IReadOnlyList<string> Unsupported);
