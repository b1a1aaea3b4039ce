namespace LlamaGate.Domain.Callers;

/// <summary>Who sends a request.</summary>
/// <param name="Id">The id of the key; a fixed word for all callers without a key. Safe to log: never a secret.</param>
/// <param name="Policy">What the caller may do.</param>
public sealed record Caller(string Id, CallerPolicy Policy)
{
    /// <summary>Whether the caller sent a key. All holders of a key are one caller, whatever their addresses.</summary>
    public bool HasKey { get; init; }
}
