namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>GET /api/tags</c>, with the members that are used.</summary>
internal sealed record OllamaTags(IReadOnlyList<OllamaTag?>? Models);

/// <param name="Size">Of the file, in bytes.</param>
/// <param name="RemoteHost">Where a cloud model runs; absent for a local one.</param>
/// <param name="Capabilities">Absent in older versions, as is the context's length.</param>
internal sealed record OllamaTag(
    string? Name,
    DateTimeOffset ModifiedAt,
    string? Digest,
    long Size,
    string? RemoteHost,
    OllamaTagDetails? Details,
    IReadOnlyList<string>? Capabilities);

/// <param name="ContextLength">In tokens.</param>
/// <param name="Family">Of its architecture.</param>
internal sealed record OllamaTagDetails(int? ContextLength, string? Family);
