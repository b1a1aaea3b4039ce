using LlamaGate.Domain.Accounts;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Records that are not in the file yet. When there are too many, the oldest that nobody is writing is dropped.</summary>
internal sealed class PendingRecords(int capacity, int batchSize, TimeProvider timeProvider) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<(UsageRecord Record, long AddedAt)> _waiting = new();
    private (UsageRecord Record, long AddedAt)[] _taken = [];
    private long _lost;
    private bool _isClosed;

    /// <summary>Set while any record is pending.</summary>
    public ManualResetEventSlim Arrived { get; } = new();

    /// <summary>Set while there are enough for a batch.</summary>
    public ManualResetEventSlim FullBatch { get; } = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _taken.Length;
            }
        }
    }

    /// <summary>The age of the oldest; zero when there are none.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_gate)
            {
                return _taken.Length > 0 ? timeProvider.GetElapsedTime(_taken[0].AddedAt)
                    : _waiting.TryPeek(out var oldest) ? timeProvider.GetElapsedTime(oldest.AddedAt)
                    : TimeSpan.Zero;
            }
        }
    }

    /// <summary>How many were dropped.</summary>
    public long Lost
    {
        get
        {
            lock (_gate)
            {
                return _lost;
            }
        }
    }

    public void Add(UsageRecord record)
    {
        var now = timeProvider.GetTimestamp();
        lock (_gate)
        {
            if (_isClosed)
            {
                _lost++;
                return;
            }

            if (_waiting.Count + _taken.Length >= capacity && _waiting.TryDequeue(out _))
            {
                _lost++;
            }

            _waiting.Enqueue((record, now));
            Signal();
        }
    }

    /// <summary>The oldest records, which stay pending until <see cref="Complete"/>. Until then the same are taken again.</summary>
    public IReadOnlyList<UsageRecord> Take()
    {
        lock (_gate)
        {
            if (_taken.Length == 0)
            {
                _taken = new (UsageRecord, long)[Math.Min(batchSize, _waiting.Count)];
                for (var i = 0; i < _taken.Length; i++)
                {
                    _taken[i] = _waiting.Dequeue();
                }

                Signal();
            }

            return [.. _taken.Select(one => one.Record)];
        }
    }

    /// <summary>What was taken is in the file.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _taken = [];
            Signal();
        }
    }

    public IReadOnlyList<UsageRecord> List()
    {
        lock (_gate)
        {
            return [.. _taken.Concat(_waiting).Select(one => one.Record)];
        }
    }

    /// <summary>What comes later is dropped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        Arrived.Dispose();
        FullBatch.Dispose();
    }

    private void Signal()
    {
        Signal(Arrived, _waiting.Count + _taken.Length > 0);
        Signal(FullBatch, _waiting.Count >= batchSize);
    }

    private static void Signal(ManualResetEventSlim signal, bool isSet)
    {
        if (signal.IsSet == isSet)
        {
            return;
        }

        if (isSet)
        {
            signal.Set();
        }
        else
        {
            signal.Reset();
        }
    }
}
