namespace LlamaGate.Domain.Callers;

/// <summary>Who sends a request.</summary>
/// <param name="Id">The id of the key; a fixed word for everybody without a key. Fit for logs: never a secret.</param>
/// <param name="Policy">What the caller may do.</param>
public sealed record Caller(string Id, CallerPolicy Policy)
{
    /// <summary>Whether the caller presented a key: its holders are one caller wherever they call from.</summary>
    public bool HasKey { get; init; }
}
