using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Infrastructure.Accounts;

/// <summary>
/// The accounts without DATA_DIR: day totals while the gateway runs. When there are too many, the oldest day is forgotten; on a single day,
/// users and then hosts are no longer told apart.
/// </summary>
internal sealed class MemoryUsageStore(int capacity = MemoryUsageStore.Capacity) : IUsageStore
{
    /// <summary>Day totals, about 20 MB.</summary>
    public const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<DateOnly, Dictionary<DayKey, UsageRow>> _days = [];
    private readonly Dictionary<string, DateTimeOffset> _lastUses = new(StringComparer.Ordinal);
    private int _count;
    private long _lost;

    public UsageStoreState State => new(IsPersistent: false, Pending: 0, TimeSpan.Zero, Interlocked.Read(ref _lost), Fault: null);

    public void Add(UsageRecord record)
    {
        lock (_gate)
        {
            if (Find(DayKey.Of(record)) is { } key)
            {
                var day = _days[key.Day];
                var added = UsageRow.Of(record, "");
                day[key] = day.TryGetValue(key, out var sum) ? sum.Plus(added) : added;
            }
            else
            {
                Interlocked.Increment(ref _lost);
            }

            NoteUse(record);
        }
    }

    public Task<IReadOnlyList<UsageRow>> ListAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        var sums = new UsageSums(query);
        lock (_gate)
        {
            foreach (var (key, total) in _days.Values.SelectMany(day => day))
            {
                sums.Add(key, total);
            }
        }

        return Task.FromResult(sums.ToRows());
    }

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(
                new Dictionary<string, DateTimeOffset>(_lastUses, StringComparer.Ordinal));
        }
    }

    /// <summary>The key under which a record can be counted, with an entry for its day; null when there is no room for any.</summary>
    private DayKey? Find(DayKey key) => Take(key) ?? Take(key with { User = "" }) ?? Take(key with { User = "", Host = "" });

    private DayKey? Take(DayKey key)
    {
        if (_days.TryGetValue(key.Day, out var day) && day.ContainsKey(key))
        {
            return key;
        }

        if (!MakeRoom(key.Day))
        {
            return null;
        }

        _ = _days.TryAdd(key.Day, []);
        _count++;
        return key;
    }

    private bool MakeRoom(DateOnly wanted)
    {
        while (_count >= capacity && _days.Keys.First() is var oldest && oldest < wanted)
        {
            _count -= _days[oldest].Count;
            _days.Remove(oldest);
        }

        return _count < capacity;
    }

    private void NoteUse(UsageRecord record)
    {
        var isKnown = _lastUses.TryGetValue(record.KeyId, out var last);
        if (isKnown ? record.EndedAt > last : _lastUses.Count < capacity)
        {
            _lastUses[record.KeyId] = record.EndedAt;
        }
    }
}
