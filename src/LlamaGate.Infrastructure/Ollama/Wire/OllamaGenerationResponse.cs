namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>What the answers of <c>/api/chat</c> and <c>/api/generate</c> have in common: a line of a stream, or a whole plain answer.</summary>
internal abstract record OllamaGenerationResponse
{
    public bool Done { get; init; }

    /// <summary>stop or length; load and unload when there was nothing to say.</summary>
    public string? DoneReason { get; init; }

    /// <summary>Tokens of the prompt; absent when zero.</summary>
    public int PromptEvalCount { get; init; }

    /// <summary>Tokens generated; absent when zero.</summary>
    public int EvalCount { get; init; }

    /// <summary>Nanoseconds, as all durations here; absent when zero.</summary>
    public long LoadDuration { get; init; }

    public long PromptEvalDuration { get; init; }

    public long EvalDuration { get; init; }

    public IReadOnlyList<OllamaLogprob>? Logprobs { get; init; }

    /// <summary>Set on the last line of a stream that failed.</summary>
    public string? Error { get; init; }
}

internal sealed record OllamaLogprob
{
    public string? Token { get; init; }

    public double Logprob { get; init; }

    public IReadOnlyList<int>? Bytes { get; init; }

    public IReadOnlyList<OllamaLogprob>? TopLogprobs { get; init; }
}
