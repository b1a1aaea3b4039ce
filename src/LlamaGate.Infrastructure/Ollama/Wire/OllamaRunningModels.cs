namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer of <c>GET /api/ps</c>, with the members that are used.</summary>
internal sealed record OllamaRunningModels(IReadOnlyList<OllamaRunningModel?>? Models);

/// <param name="ContextLength">The runner's context in tokens; absent in older versions.</param>
/// <param name="Size">In memory, in bytes.</param>
/// <param name="ExpiresAt">When the runner is unloaded if nobody uses it: an RFC 3339 time.</param>
internal sealed record OllamaRunningModel(string? Name, int? ContextLength, string? Digest, string? ExpiresAt, long? Size)
{
    /// <summary>The part of it in the GPU's memory, in bytes.</summary>
    public long? SizeVram { get; init; }
}
