namespace LlamaGate.Domain.Scheduling;

/// <summary>How a call ended, by Ollama's last line.</summary>
public sealed record CallEnd
{
    /// <summary>It ended without a last line: the cost is the time for which it had its slot.</summary>
    public static CallEnd WithoutLastLine { get; } = new() { IsComplete = false };

    /// <summary>The host failed before the first byte: it costs nothing.</summary>
    public static CallEnd FailedBeforeFirstByte { get; } = new() { IsComplete = false, IsFree = true };

    public bool IsComplete { get; init; } = true;

    public bool IsFree { get; init; }

    /// <summary>Tokens of the prompt, those from the cache included.</summary>
    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    /// <summary><c>prompt_eval_duration</c> in seconds; for embeddings <c>total_duration − load_duration</c>.</summary>
    public double PromptSeconds { get; init; }

    /// <summary><c>eval_duration</c> in seconds.</summary>
    public double EvalSeconds { get; init; }

    /// <summary><c>load_duration</c> in seconds.</summary>
    public double LoadSeconds { get; init; }

    /// <summary>Slot seconds.</summary>
    public double Cost => PromptSeconds + EvalSeconds;
}
