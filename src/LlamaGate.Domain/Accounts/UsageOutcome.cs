namespace LlamaGate.Domain.Accounts;

/// <summary>How a call ended. The values are stored.</summary>
public enum UsageOutcome
{
    /// <summary>Ollama sent its last line.</summary>
    Completed = 0,

    /// <summary>The upstream failed.</summary>
    Failed = 1,

    /// <summary>The caller left.</summary>
    Cancelled = 2,
}
