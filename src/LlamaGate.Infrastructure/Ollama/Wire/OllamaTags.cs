namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>GET /api/tags</c>, with the members that are used.</summary>
internal sealed record OllamaTags(IReadOnlyList<OllamaTag?>? Models);

/// <param name="RemoteHost">Where a cloud model runs; absent for a local one.</param>
internal sealed record OllamaTag(string? Name, DateTimeOffset ModifiedAt, string? Digest, string? RemoteHost);
