using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Cluster;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>
/// The accounts of several gateways. Records stay with the gateway that made them; sums are those of all gateways, so that each of them says
/// the same. Before this gateway has joined, the sums are its own.
/// </summary>
internal sealed class ClusterUsageStore(IUsageStore own, ClusterUsage usage, IClusterGrains cluster, TimeProvider timeProvider) : IUsageStore, IDisposable
{
    /// <summary>How long Redis keeps a day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    /// <summary>Grains that are asked at once.</summary>
    private const int AtOnce = 64;

    /// <summary>Last uses are looked for so far back.</summary>
    private const int LastUseDays = 90;

    public UsageStoreState State => own.State;

    public void Add(UsageRecord record)
    {
        own.Add(record);
        usage.Add(record);
    }

    public Task<IReadOnlyList<UsageRow>> ListAsync(UsageQuery query, CancellationToken cancellationToken) => cluster.Current is { } grains
        ? AskAsync(() => ListAsync(grains, query), cancellationToken)
        : own.ListAsync(query, cancellationToken);

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken) => cluster.Current is { } grains
        ? AskAsync(() => ListLastUsesAsync(grains), cancellationToken)
        : own.ListLastUsesAsync(cancellationToken);

    public void Dispose() => (own as IDisposable)?.Dispose();

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().WaitAsync(MaxWait, timeProvider, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new UsageStoreException("The sums of the other gateways cannot be read", exception);
        }
    }

    private async Task<IReadOnlyList<UsageRow>> ListAsync(SiloGrains grains, UsageQuery query)
    {
        await usage.FlushAsync(grains);
        var sums = new UsageSums(query);
        foreach (var days in DaysOf(query.From, query.To).Chunk(AtOnce))
        {
            var keys = await Task.WhenAll(days.Select(async day => (await UsesOf(grains, day)).Keys.Select(key => (day, key))));
            foreach (var some in keys.SelectMany(static list => list).Where(one => query.KeyId is not { } id || one.key == id).Chunk(AtOnce))
            {
                foreach (var ((day, key), totals) in some.Zip(await Task.WhenAll(some.Select(one => TotalsOf(grains, one.day, one.key)))))
                {
                    Array.ForEach(totals, total => sums.Add(new DayKey(day, key, total.User, total.Model, total.Host), total.ToRow()));
                }
            }
        }

        return sums.ToRows();
    }

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(SiloGrains grains)
    {
        await usage.FlushAsync(grains);
        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        var latest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var days in DaysOf(today.AddDays(-LastUseDays), today).Chunk(AtOnce))
        {
            foreach (var (key, at) in (await Task.WhenAll(days.Select(day => UsesOf(grains, day)))).SelectMany(static uses => uses))
            {
                latest[key] = latest.TryGetValue(key, out var known) && known > at ? known : at;
            }
        }

        return latest;
    }

    /// <summary>None that Redis has forgotten, and none of the future.</summary>
    private IEnumerable<DateOnly> DaysOf(DateOnly from, DateOnly to)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        var oldest = today.AddDays(-(int)Kept.TotalDays);
        for (var day = from < oldest ? oldest : from; day <= to && day <= today.AddDays(1); day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static Task<Dictionary<string, DateTimeOffset>> UsesOf(SiloGrains grains, DateOnly day) =>
        grains.Factory.GetGrain<IUsageDayGrain>(DayText.Of(day)).ListAsync();

    private static Task<DayTotal[]> TotalsOf(SiloGrains grains, DateOnly day, string key) =>
        grains.Factory.GetGrain<IKeyDayGrain>(KeyDayGrain.NameOf(day, key)).ListAsync();
}
