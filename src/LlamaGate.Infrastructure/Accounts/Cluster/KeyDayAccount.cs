using LlamaGate.Domain.Accounts;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>
/// A key and day as this gateway counts it: what is not reported yet, what may have to be reported again, and what all gateways together
/// have used as far as it knows. Thread-safe.
/// </summary>
internal sealed class KeyDayAccount(string keyId, DateOnly day)
{
    /// <summary>While Redis is away nothing is kept, so batches add up: those of some minutes.</summary>
    private const int MaxBatches = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<DayKey, UsageRow> _pending = [];
    private readonly List<UsageBatch> _batches = [];
    private DateTimeOffset _lastUse;
    private long _number;
    private long _stamp;
    private long _answered;
    private double _reservedTokens;
    private double _reservedGpuSeconds;
    private double _releasedTokens;
    private double _releasedGpuSeconds;
    private bool _hasNews;
    private KeyDayAnswer? _answer;

    public string KeyId => keyId;

    public DateOnly Day => day;

    /// <summary>Whether calls of the key reserve a part of a quota.</summary>
    public bool IsLimited { get; private set; }

    /// <summary>Whether something is not reported.</summary>
    public bool HasNews
    {
        get
        {
            lock (_gate)
            {
                return _hasNews || _batches.Exists(batch => batch.Number > (_answer?.Counted ?? 0));
            }
        }
    }

    /// <summary>Whether everything is in Redis.</summary>
    public bool IsKept
    {
        get
        {
            lock (_gate)
            {
                return !_hasNews && _batches.Count == 0;
            }
        }
    }

    public void Add(UsageRecord record)
    {
        var key = DayKey.Of(record);
        var added = UsageRow.Of(record, "");
        lock (_gate)
        {
            _pending[key] = _pending.TryGetValue(key, out var sum) ? sum.Plus(added) : added;
            _lastUse = record.EndedAt > _lastUse ? record.EndedAt : _lastUse;
            _hasNews = true;
        }
    }

    public void Reserve(double tokens, double gpuSeconds)
    {
        lock (_gate)
        {
            _reservedTokens += tokens;
            _reservedGpuSeconds += gpuSeconds;
            IsLimited = true;
        }
    }

    /// <summary>The reservation stays until the record that takes its place is reported.</summary>
    public void Release(double tokens, double gpuSeconds)
    {
        lock (_gate)
        {
            _releasedTokens += tokens;
            _releasedGpuSeconds += gpuSeconds;
            _hasNews = true;
        }
    }

    public KeyDayReport TakeReport(SiloAddress replica)
    {
        lock (_gate)
        {
            Close();
            var counted = _answer?.Counted ?? 0;
            return new KeyDayReport
            {
                Replica = replica,
                Stamp = ++_stamp,
                ReservedTokens = _reservedTokens,
                ReservedGpuSeconds = _reservedGpuSeconds,
                Batches = [.. _batches.Where(batch => batch.Number > counted)],
            };
        }
    }

    /// <summary>An answer that was overtaken by one to a later report says nothing new.</summary>
    public void Note(KeyDayReport report, KeyDayAnswer answer)
    {
        lock (_gate)
        {
            if (report.Stamp < _answered)
            {
                return;
            }

            (_answered, _answer) = (report.Stamp, answer);
            _batches.RemoveAll(batch => batch.Number <= answer.Kept);
        }
    }

    /// <summary>Null before the first answer.</summary>
    public QuotaUse? Describe()
    {
        var resets = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        lock (_gate)
        {
            if (_answer is not { } answer)
            {
                return null;
            }

            var own = _batches.Where(batch => batch.Number > answer.Counted).SelectMany(batch => batch.Totals).Select(total => total.ToRow())
                .Concat(_pending.Values).ToList();
            return new QuotaUse(
                answer.Tokens + own.Sum(row => row.TokensIn + row.TokensOut),
                answer.GpuSeconds + own.Sum(row => row.GpuTime.TotalSeconds),
                Math.Max(0, answer.ReservedTokens + _reservedTokens - _releasedTokens),
                Math.Max(0, answer.ReservedGpuSeconds + _reservedGpuSeconds - _releasedGpuSeconds),
                resets);
        }
    }

    private void Close()
    {
        _reservedTokens = Math.Max(0, _reservedTokens - _releasedTokens);
        _reservedGpuSeconds = Math.Max(0, _reservedGpuSeconds - _releasedGpuSeconds);
        (_releasedTokens, _releasedGpuSeconds, _hasNews) = (0, 0, false);
        if (_pending.Count == 0)
        {
            return;
        }

        if (_batches.Count == MaxBatches)
        {
            _batches.RemoveAt(0);
        }

        _batches.Add(new UsageBatch
        {
            Number = ++_number,
            Totals = [.. _pending.Select(pair => DayTotals.Of(pair.Key, pair.Value))],
            LastUse = _lastUse,
        });
        _pending.Clear();
    }
}
