using LlamaGate.Domain.Accounts;

namespace LlamaGate.Domain.Tests.Accounts;

public sealed class QuotaLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly QuotaLimits Both = new(Tokens: 100, GpuSeconds: 10);

    private readonly QuotaLedger _ledger = new();

    [Fact]
    public void TryReserve_BelowTheLimits_Reserves()
    {
        Assert.Null(_ledger.TryReserve(Noon, Both, tokens: 60, gpuSeconds: 2));
        Assert.Equal((40L, 8.0), Remaining(Noon));
    }

    /// <summary>Only what is used up refuses: an estimate that is too high must not.</summary>
    [Fact]
    public void TryReserve_OfMoreThanIsLeft_Reserves()
    {
        Assert.Null(_ledger.TryReserve(Noon, Both, tokens: 5000, gpuSeconds: 2));
        Assert.Equal(0, Remaining(Noon).Tokens);
    }

    [Fact]
    public void TryReserve_WhenReservationsReachTheLimit_NamesIt()
    {
        _ledger.TryReserve(Noon, Both, tokens: 100, gpuSeconds: 2);
        Assert.Equal(QuotaKind.Tokens, _ledger.TryReserve(Noon, Both, tokens: 1, gpuSeconds: 0));
        _ledger.Release(100, 2);
        Assert.Null(_ledger.TryReserve(Noon, Both, tokens: 1, gpuSeconds: 10));
        Assert.Equal(QuotaKind.GpuSeconds, _ledger.TryReserve(Noon, Both, tokens: 1, gpuSeconds: 0));
    }

    [Fact]
    public void TryReserve_WithoutLimits_NeverRefuses()
    {
        _ledger.Add(DateOnly.FromDateTime(Noon.Date), 1_000_000, 1_000_000);
        Assert.Null(_ledger.TryReserve(Noon, new QuotaLimits(Tokens: null, GpuSeconds: null), 1, 1));
    }

    [Fact]
    public void Add_OfARecord_CountsItsTokensAndGpuSeconds()
    {
        _ledger.Add(Record(Noon));
        Assert.Equal((70L, 4.0), Remaining(Noon));
    }

    [Fact]
    public void Add_OfAHit_CountsNothing()
    {
        _ledger.Add(new UsageRecord(Guid.NewGuid(), Noon, "k", "m") { Kind = UsageKind.CacheHit, TokensSaved = 50 });
        Assert.Equal((100L, 10.0), Remaining(Noon));
    }

    [Fact]
    public void Midnight_InUtc_BeginsAnewAndKeepsReservations()
    {
        _ledger.Add(Record(Noon));
        _ledger.TryReserve(Noon, Both, tokens: 10, gpuSeconds: 1);
        var tomorrow = Noon.AddHours(12);
        Assert.Equal((90L, 9.0), Remaining(tomorrow));
        _ledger.Release(10, 1);
        _ledger.Add(Record(Noon));
        Assert.Equal((100L, 10.0), Remaining(tomorrow));
        Assert.Equal(tomorrow.AddDays(1), _ledger.Describe(tomorrow).ResetsAt);
    }

    private static UsageRecord Record(DateTimeOffset at) => new(Guid.NewGuid(), at, "k", "m")
    {
        TokensIn = 10,
        TokensOut = 20,
        Load = TimeSpan.FromSeconds(1),
        Prompt = TimeSpan.FromSeconds(2),
        Eval = TimeSpan.FromSeconds(3),
    };

    private (long Tokens, double GpuSeconds) Remaining(DateTimeOffset now)
    {
        var use = _ledger.Describe(now);
        return (use.RemainingTokens(100), use.RemainingGpuSeconds(10));
    }
}
