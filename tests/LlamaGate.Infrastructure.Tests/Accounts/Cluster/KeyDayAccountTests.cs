using System.Net;
using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Accounts.Cluster;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Tests.Accounts.Cluster;

/// <summary>What a gateway reports of a key and day, and what it takes for the sum of all.</summary>
public sealed class KeyDayAccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly SiloAddress Own = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1);

    private readonly KeyDayAccount _account = new("k", DateOnly.FromDateTime(Now.UtcDateTime));

    [Fact]
    public void Report_ThatWasCounted_IsNotSentAgain()
    {
        _account.Add(Call(10));
        _account.Add(Call(20));
        var first = _account.TakeReport(Own);
        var total = Assert.Single(Assert.Single(first.Batches).Totals);
        Assert.Equal((2, 30), (total.Calls, total.TokensIn));
        _account.Note(first, Answer(counted: 1, kept: 0, tokens: 30));
        Assert.False(_account.HasNews);
        Assert.False(_account.IsKept);

        var second = _account.TakeReport(Own);
        Assert.Empty(second.Batches);
        _account.Note(second, Answer(counted: 1, kept: 1, tokens: 30));
        Assert.True(_account.IsKept);
    }

    /// <summary>The grain lived on a silo that died before it had written.</summary>
    [Fact]
    public void Report_AfterTheGrainLostWhatItHadCounted_IsSentAgain()
    {
        _account.Add(Call(10));
        var first = _account.TakeReport(Own);
        _account.Note(first, Answer(counted: 1, kept: 0, tokens: 10));
        _account.Note(_account.TakeReport(Own), Answer(counted: 0, kept: 0, tokens: 0));
        Assert.True(_account.HasNews);
        Assert.Equal(10, _account.Describe()?.Tokens);
        Assert.Equal(1, Assert.Single(_account.TakeReport(Own).Batches).Number);
    }

    [Fact]
    public void Answer_ThatWasOvertaken_IsIgnored()
    {
        _account.Add(Call(10));
        var first = _account.TakeReport(Own);
        var second = _account.TakeReport(Own);
        _account.Note(second, Answer(counted: 1, kept: 1, tokens: 50));
        _account.Note(first, Answer(counted: 1, kept: 0, tokens: 10));
        Assert.Equal(50, _account.Describe()?.Tokens);
    }

    /// <summary>Otherwise a quota would have room for a moment between the end of a call and its record.</summary>
    [Fact]
    public void Reservation_OfACallThatEnded_StaysUntilItsRecordIsReported()
    {
        _account.Reserve(100, 2);
        Assert.Equal(100, _account.TakeReport(Own).ReservedTokens);
        _account.Add(Call(90));
        _account.Release(100, 2);
        var report = _account.TakeReport(Own);
        Assert.Equal((0, 0.0), (report.ReservedTokens, report.ReservedGpuSeconds));
        Assert.Equal(90, Assert.Single(Assert.Single(report.Batches).Totals).TokensIn);
    }

    [Fact]
    public void Sum_OfAll_HasTheOthersAndWhatIsNotReported()
    {
        Assert.Null(_account.Describe());
        _account.Note(_account.TakeReport(Own), Answer(counted: 0, kept: 0, tokens: 1000, reserved: 50));
        _account.Add(Call(10));
        _account.Reserve(5, 0);
        var use = _account.Describe();
        Assert.Equal((1010, 55, Now.Date.AddDays(1)), (use?.Tokens, use?.ReservedTokens, use?.ResetsAt.UtcDateTime));
    }

    private static KeyDayAnswer Answer(long counted, long kept, long tokens, double reserved = 0) => new()
    {
        Counted = counted,
        Kept = kept,
        Tokens = tokens,
        GpuSeconds = 0,
        ReservedTokens = reserved,
        ReservedGpuSeconds = 0,
    };

    private static UsageRecord Call(long tokens) => new(Guid.NewGuid(), Now, "k", "m") { TokensIn = tokens };
}
