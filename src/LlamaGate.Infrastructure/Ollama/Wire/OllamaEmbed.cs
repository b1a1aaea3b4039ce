namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The answer to <c>POST /api/embed</c>.</summary>
internal sealed record OllamaEmbedResponse
{
    /// <summary>
    /// Read directly as single precision from the decimals, which Ollama wrote from single precision, so that nothing is
    /// rounded twice.
    /// </summary>
    public IReadOnlyList<float[]?>? Embeddings { get; init; }

    /// <summary>Tokens of all inputs together; absent when zero.</summary>
    public int PromptEvalCount { get; init; }

    /// <summary>Nanoseconds, loading included.</summary>
    public long TotalDuration { get; init; }

    /// <summary>Nanoseconds; absent when zero.</summary>
    public long LoadDuration { get; init; }
}
