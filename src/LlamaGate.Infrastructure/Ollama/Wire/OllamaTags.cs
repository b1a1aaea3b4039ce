namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>GET /api/tags</c>, as far as it is used.</summary>
internal sealed record OllamaTags(IReadOnlyList<OllamaTag>? Models);

internal sealed record OllamaTag(string? Name, DateTimeOffset ModifiedAt);

/// <summary>The body of every error.</summary>
internal sealed record OllamaErrorBody(string? Error);
