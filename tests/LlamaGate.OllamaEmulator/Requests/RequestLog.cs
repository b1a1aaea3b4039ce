namespace LlamaGate.OllamaEmulator.Requests;

/// <summary>Remembers the last requests and lets tests wait for one. Thread-safe.</summary>
internal sealed class RequestLog
{
    internal const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly LinkedList<(RecordedRequest Request, bool Claimed)> _entries = [];
    private readonly List<Waiter> _waiters = [];
    private Func<RecordedRequest, bool> _isIgnored = _ => false;

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _entries.Select(entry => entry.Request)];
        }
    }

    public void Ignore(Func<RecordedRequest, bool> predicate) => _isIgnored = predicate;

    public void Add(RecordedRequest request)
    {
        if (_isIgnored(request))
        {
            return;
        }

        lock (_lock)
        {
            var claimed = false;
            foreach (var waiter in _waiters.ToArray())
            {
                if ((waiter.Claims && claimed) || !waiter.Predicate(request))
                {
                    continue;
                }

                claimed |= waiter.Claims;
                waiter.Found.TrySetResult(request);
                _waiters.Remove(waiter);
            }

            _entries.AddLast((request, claimed));
            if (_entries.Count > Capacity)
            {
                _entries.RemoveFirst();
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>
    /// The first matching request, past or to come; a claiming wait never returns one that another claimed.
    /// </summary>
    public async Task<RecordedRequest> WaitAsync(Func<RecordedRequest, bool> predicate, bool claims, TimeSpan timeout)
    {
        var waiter = new Waiter(predicate, claims);
        lock (_lock)
        {
            for (var node = _entries.First; node is not null; node = node.Next)
            {
                if (!(claims && node.Value.Claimed) && predicate(node.Value.Request))
                {
                    node.Value = (node.Value.Request, node.Value.Claimed || claims);
                    return node.Value.Request;
                }
            }

            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Found.Task.WaitAsync(timeout);
        }
        catch (TimeoutException e)
        {
            var seen = string.Join(", ", Snapshot());
            throw new TimeoutException(
                $"The emulator saw no such request within {timeout}. It saw: {(seen.Length == 0 ? "none" : seen)}.", e);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private sealed record Waiter(Func<RecordedRequest, bool> Predicate, bool Claims)
    {
        public TaskCompletionSource<RecordedRequest> Found { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
