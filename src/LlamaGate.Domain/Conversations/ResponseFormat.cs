using System.Text.Json;

namespace LlamaGate.Domain.Conversations;

/// <summary>A constraint on the answer's text.</summary>
/// <param name="Schema">The JSON schema that the answer must satisfy; null when any JSON object is allowed.</param>
public sealed record ResponseFormat(JsonElement? Schema);
