using LlamaGate.Domain.Accounts;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>Day totals as messages, and back.</summary>
internal static class DayTotals
{
    public static DayTotal Of(DayKey key, UsageRow row) => new()
    {
        User = key.User,
        Model = key.Model,
        Host = key.Host,
        Calls = row.Calls,
        TokensIn = row.TokensIn,
        TokensOut = row.TokensOut,
        GpuTicks = row.GpuTime.Ticks,
        DeviceTicks = row.DeviceTime.Ticks,
        CacheHits = row.CacheHits,
        TokensSaved = row.TokensSaved,
        WaitedTicks = row.Waited.Ticks,
    };

    public static UsageRow ToRow(this DayTotal total) => new("")
    {
        Calls = total.Calls,
        TokensIn = total.TokensIn,
        TokensOut = total.TokensOut,
        GpuTime = TimeSpan.FromTicks(total.GpuTicks),
        DeviceTime = TimeSpan.FromTicks(total.DeviceTicks),
        CacheHits = total.CacheHits,
        TokensSaved = total.TokensSaved,
        Waited = TimeSpan.FromTicks(total.WaitedTicks),
    };

    /// <summary>Both together, with the names of the first one.</summary>
    public static DayTotal Plus(this DayTotal total, DayTotal other) =>
        Of(new DayKey(default, "", total.User, total.Model, total.Host), total.ToRow().Plus(other.ToRow()));
}
