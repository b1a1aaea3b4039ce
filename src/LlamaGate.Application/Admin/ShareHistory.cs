using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Admin;

/// <summary>
/// How many GPU seconds each principal used in each of the last 60 minutes. A call counts in the minute of its end. Bounded: principals beyond
/// the limit are counted together. Thread-safe.
/// </summary>
internal sealed class ShareHistory(TimeProvider timeProvider) : IUsageSink
{
    public const int Minutes = 60;

    /// <summary>The key of those who are counted together.</summary>
    public const string Other = "other";

    private const int MaxPrincipals = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, string? User), Series> _all = [];
    private readonly Series _others = new();

    public void Add(UsageRecord record)
    {
        var seconds = record.GpuTime.TotalSeconds;
        if (record.Kind is not UsageKind.Call || seconds <= 0)
        {
            return;
        }

        var minute = MinuteOf(record.EndedAt);
        lock (_gate)
        {
            Find((record.KeyId, record.User)).Add(minute, seconds);
        }
    }

    /// <summary>Those that used anything, in no order. GPU seconds by minute, the oldest first.</summary>
    public IReadOnlyList<(string Key, string? User, double[] ByMinute)> List()
    {
        var now = MinuteOf(timeProvider.GetUtcNow());
        lock (_gate)
        {
            return
            [
                .. _all.Select(one => (one.Key.Key, one.Key.User, one.Value.List(now)))
                    .Append((Other, null, _others.List(now)))
                    .Where(one => one.Item3.Any(seconds => seconds > 0)),
            ];
        }
    }

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    private Series Find((string, string?) principal)
    {
        if (_all.TryGetValue(principal, out var known))
        {
            return known;
        }

        if (_all.Count >= MaxPrincipals)
        {
            var oldest = MinuteOf(timeProvider.GetUtcNow()) - Minutes;
            foreach (var gone in _all.Where(one => one.Value.Last <= oldest).Select(one => one.Key).ToArray())
            {
                _all.Remove(gone);
            }
        }

        return _all.Count < MaxPrincipals ? _all[principal] = new Series() : _others;
    }

    private sealed class Series
    {
        private readonly (long Minute, double Seconds)[] _minutes = new (long, double)[Minutes];

        /// <summary>The last minute with use.</summary>
        public long Last { get; private set; }

        public void Add(long minute, double seconds)
        {
            ref var slot = ref _minutes[minute % Minutes];
            if (slot.Minute > minute)
            {
                // It is older than an hour.
                return;
            }

            slot = (minute, slot.Minute == minute ? slot.Seconds + seconds : seconds);
            Last = Math.Max(Last, minute);
        }

        public double[] List(long now)
        {
            var listed = new double[Minutes];
            for (var i = 0; i < Minutes; i++)
            {
                var minute = now - Minutes + 1 + i;
                listed[i] = _minutes[minute % Minutes] is var slot && slot.Minute == minute ? slot.Seconds : 0;
            }

            return listed;
        }
    }
}
