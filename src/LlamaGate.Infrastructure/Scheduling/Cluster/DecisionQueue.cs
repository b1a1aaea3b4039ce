namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The decisions for one gateway that it has not acknowledged. Thread-safe.</summary>
internal sealed class DecisionQueue(TimeProvider timeProvider)
{
    /// <summary>In one reply; the others follow with the next one.</summary>
    private const int MaxInReply = 512;

    private readonly Lock _gate = new();
    private readonly List<ReplicaDecision> _waiting = [];
    private long _first = 1;
    private bool _isQuiet;
    private bool _isClosed;
    private bool _isWoken;
    private TaskCompletionSource? _poll;

    public void Add(ReplicaDecision decision)
    {
        lock (_gate)
        {
            _waiting.Add(decision);
            if (!_isQuiet)
            {
                _poll?.TrySetResult();
            }
        }
    }

    /// <summary>The gateway has carried out the decisions up to this number.</summary>
    public void Acknowledge(long last)
    {
        lock (_gate)
        {
            var count = (int)Math.Clamp(last - _first + 1, 0, _waiting.Count);
            _waiting.RemoveRange(0, count);
            _first += count;
        }
    }

    /// <summary>Decisions that come before the next <see cref="Read"/> end no poll: they are in the answer to the events.</summary>
    public void BeginAnswer()
    {
        lock (_gate)
        {
            _isQuiet = true;
        }
    }

    /// <summary>All that was not acknowledged, as far as it fits a reply.</summary>
    public (long First, ReplicaDecision[] Decisions) Read()
    {
        lock (_gate)
        {
            _isQuiet = false;
            if (_waiting.Count > MaxInReply)
            {
                _poll?.TrySetResult();
            }

            return (_first, _waiting.Count == 0 ? [] : [.. _waiting.Take(MaxInReply)]);
        }
    }

    /// <summary>Ends the poll that waits, or the next one, although nothing was decided.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            _poll?.TrySetResult();
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _poll?.TrySetResult();
        }
    }

    /// <summary>Waits until something is decided, not longer than the time.</summary>
    public async Task WaitAsync(TimeSpan time)
    {
        TaskCompletionSource poll;
        lock (_gate)
        {
            if (_waiting.Count > 0 || _isClosed || _isWoken)
            {
                _isWoken = false;
                return;
            }

            // An earlier poll of the same gateway has lost its reader.
            _poll?.TrySetResult();
            _poll = poll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await using var timer = timeProvider.CreateTimer(
            static poll => ((TaskCompletionSource)poll!).TrySetResult(), poll, time, Timeout.InfiniteTimeSpan);
        await poll.Task;
        lock (_gate)
        {
            _isWoken = false;
        }
    }
}
