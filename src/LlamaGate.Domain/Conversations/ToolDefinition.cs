using System.Text.Json;

namespace LlamaGate.Domain.Conversations;

/// <summary>A function that the model may call.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="Parameters">A JSON schema, passed on unchanged; null when the function has none.</param>
public sealed record ToolDefinition(string Name, string? Description, JsonElement? Parameters);
