namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>GET /api/version</c>.</summary>
internal sealed record OllamaVersion(string? Version);
