namespace LlamaGate.Domain.Accounts;

/// <summary>How much of its quotas a key has used today.</summary>
/// <param name="Tokens">Used tokens.</param>
/// <param name="GpuSeconds">Used GPU seconds.</param>
/// <param name="ReservedTokens">Estimates of the calls that have not ended.</param>
/// <param name="ReservedGpuSeconds">The same in GPU seconds.</param>
/// <param name="ResetsAt">The next UTC midnight.</param>
public sealed record QuotaUse(
    long Tokens, double GpuSeconds, double ReservedTokens, double ReservedGpuSeconds, DateTimeOffset ResetsAt)
{
    /// <summary>Tokens that are left of a limit; not less than 0.</summary>
    public long RemainingTokens(long limit) => (long)Math.Max(0, Math.Floor(limit - Tokens - ReservedTokens));

    /// <summary>GPU seconds that are left of a limit; not less than 0.</summary>
    public double RemainingGpuSeconds(double limit) => Math.Max(0, limit - GpuSeconds - ReservedGpuSeconds);
}
