using System.Text.Json.Serialization;

namespace LlamaGate.Api.Errors;

/// <summary>OpenAI's error envelope: <c>{"error":{"message","type","param","code"}}</c>. All four members are always present.</summary>
public sealed record OpenAIError(OpenAIErrorBody Error);

/// <param name="Message">The problem and, if possible, what to do about it.</param>
/// <param name="Type"><c>invalid_request_error</c>, <c>rate_limit_error</c> or <c>server_error</c>.</param>
/// <param name="Param">JSON path of the field at fault.</param>
/// <param name="Code">A stable code for programs.</param>
public sealed record OpenAIErrorBody(string Message, string Type, string? Param, string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAIError))]
[JsonSerializable(typeof(OllamaError))]
[JsonSerializable(typeof(AnthropicError))]
internal sealed partial class OpenAIErrorJsonContext : JsonSerializerContext;
