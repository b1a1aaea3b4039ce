namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>GET /api/tags</c>, as far as it is used.</summary>
internal sealed record OllamaTags(IReadOnlyList<OllamaTag?>? Models);

/// <param name="RemoteHost">Where a model of the cloud runs; absent for one that Ollama has itself.</param>
internal sealed record OllamaTag(string? Name, DateTimeOffset ModifiedAt, string? Digest, string? RemoteHost);
