namespace LlamaGate.Domain.Accounts;

/// <summary>What a quota limits.</summary>
public enum QuotaKind
{
    Tokens,
    GpuSeconds,
}
