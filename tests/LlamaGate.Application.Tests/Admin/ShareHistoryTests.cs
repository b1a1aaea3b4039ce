using LlamaGate.Application.Admin;
using LlamaGate.Domain.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Application.Tests.Admin;

public sealed class ShareHistoryTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 9, 0, 30, TimeSpan.Zero));
    private readonly ShareHistory _history;

    public ShareHistoryTests() => _history = new ShareHistory(_clock);

    [Fact]
    public void List_AfterCalls_HasTheirSecondsByMinute()
    {
        Add("anna", seconds: 2);
        Add("anna", seconds: 3);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Add("anna", seconds: 4, user: "lea");
        Add("anna", seconds: 5);

        var all = _history.List().OrderBy(one => one.User, StringComparer.Ordinal).ToArray();
        Assert.Equal([("anna", null), ("anna", "lea")], all.Select(one => (one.Key, one.User)));
        Assert.Equal((5.0, 5.0, 0.0), (all[0].ByMinute[58], all[0].ByMinute[59], all[0].ByMinute[..58].Sum()));
        Assert.Equal(4.0, all[1].ByMinute[59]);
    }

    [Fact]
    public void List_AfterAnHour_HasForgottenThem()
    {
        Add("anna", seconds: 2);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(2.0, Assert.Single(_history.List()).ByMinute[0]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_history.List());
        Add("anna", seconds: 7);
        Assert.Equal(7.0, Assert.Single(_history.List()).ByMinute.Sum());
    }

    [Fact]
    public void Add_OfAnAnswerFromTheCache_CountsNothing()
    {
        _history.Add(Record("anna", 3, user: null) with { Kind = UsageKind.CacheHit });
        Assert.Empty(_history.List());
    }

    [Fact]
    public void Add_ForMorePrincipalsThanAreKept_CountsTheOthersTogether()
    {
        for (var i = 0; i < 205; i++)
        {
            Add($"k{i}", seconds: 1);
        }

        var all = _history.List();
        Assert.Equal(201, all.Count);
        Assert.Equal(5.0, Assert.Single(all, one => one.Key == ShareHistory.Other).ByMinute[59]);

        // Those that used nothing for an hour make room.
        _clock.Advance(TimeSpan.FromMinutes(61));
        Add("new", seconds: 1);
        Assert.Equal("new", Assert.Single(_history.List()).Key);
    }

    [Fact]
    public void Shares_OfManyPrincipals_AreTheLargestAndTheRestTogether()
    {
        for (var i = 1; i <= 14; i++)
        {
            Add($"k{i}", seconds: i);
        }

        var shares = ShareMapping.ToShares(_history.List(), key => key == "k14" ? 2 : 1);
        Assert.Equal(13, shares.Principals.Count);
        var (first, last) = (shares.Principals[0], shares.Principals[^1]);
        Assert.Equal(("k14", 2.0, 14.0), (first.Key, first.Weight, first.GpuSeconds));
        Assert.Equal((Math.Round(14.0 / 105, 3), Math.Round(2.0 / 13, 3)), (first.Share, first.Target));
        Assert.Equal(("other", 3.0, null, null), (last.Key, last.GpuSeconds, last.Weight, last.Target));
        Assert.Equal(1.0, shares.Principals.Sum(one => one.Share), tolerance: 0.01);
    }

    [Fact]
    public void Shares_OfNobody_AreEmpty() => Assert.Empty(ShareMapping.ToShares(_history.List(), _ => 1).Principals);

    private void Add(string key, double seconds, string? user = null) => _history.Add(Record(key, seconds, user));

    private UsageRecord Record(string key, double seconds, string? user) =>
        new(Guid.NewGuid(), _clock.GetUtcNow(), key, "plain") { User = user, Eval = TimeSpan.FromSeconds(seconds) };
}
