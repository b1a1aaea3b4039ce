namespace LlamaGate.Domain.Accounts;

/// <summary>Which usage to sum up.</summary>
/// <param name="From">The first UTC day.</param>
/// <param name="To">The last UTC day, included.</param>
/// <param name="By">One row for each of these.</param>
public sealed record UsageQuery(DateOnly From, DateOnly To, UsageGroup By)
{
    /// <summary>Only this key's usage; null = all.</summary>
    public string? KeyId { get; init; }
}
