namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Keeps the lines of each model in the order in which they get slots while counters, running calls and classes change, and the virtual
/// time. Each change costs a few steps in sorted sets, however many principals wait.
/// </summary>
internal sealed class FairOrder(SchedulerOptions options)
{
    private readonly SortedSet<(double Counter, long Number)> _waitingCounters = [];
    private readonly PriorityQueue<WaitingLine, TimeSpan> _rises = new();

    /// <summary>The scheduler's clock: it never goes back.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>No principal that begins to wait is behind it. It never falls.</summary>
    public double VirtualTime { get; private set; }

    /// <summary>When a call rises by a class; null = no call waits for that.</summary>
    public TimeSpan? NextRise => _rises.TryPeek(out _, out var at) ? at : null;

    public void AdvanceTo(TimeSpan now)
    {
        Now = now > Now ? now : Now;
        while (_rises.TryPeek(out var line, out var at) && at <= Now)
        {
            _rises.Dequeue();
            line.LookAt = line.LookAt == at ? null : line.LookAt;
            if (line.IsListed)
            {
                Unlist(line);
                List(line);
            }
        }
    }

    /// <summary>A principal that waits for nothing begins to wait: what it has not used is gone, and what it owes is limited.</summary>
    public void Begin(PrincipalState principal)
    {
        if (principal.Waiting == 0)
        {
            Change(principal, owner => owner.Counter = CounterAtReturn(owner));
        }
    }

    /// <summary>Where a principal stands when it begins to wait.</summary>
    public double CounterAtReturn(PrincipalState principal) =>
        Math.Clamp(principal.Counter, VirtualTime, VirtualTime + (options.FairMemory.TotalSeconds / principal.Weight));

    /// <summary>Changes something that the order of the principal's lines depends on.</summary>
    public void Change(PrincipalState principal, Action<PrincipalState> change)
    {
        foreach (var line in principal.Lines)
        {
            Unlist(line);
        }

        if (principal.Waiting > 0)
        {
            _waitingCounters.Remove((principal.Counter, principal.Number));
        }

        change(principal);
        if (principal.Waiting > 0)
        {
            _waitingCounters.Add((principal.Counter, principal.Number));
        }

        foreach (var line in principal.Lines)
        {
            List(line);
        }
    }

    /// <summary>After a grant: nobody who begins to wait gets ahead of those who have waited.</summary>
    public void RaiseVirtualTime()
    {
        if (_waitingCounters.Count > 0)
        {
            VirtualTime = Math.Max(VirtualTime, _waitingCounters.Min.Counter);
        }
    }

    /// <summary>A virtual time that was reached earlier.</summary>
    public void RaiseVirtualTime(double reached) => VirtualTime = Math.Max(VirtualTime, reached);

    private void List(WaitingLine line)
    {
        if (line.Count == 0 || line.Owner.IsFull)
        {
            return;
        }

        line.Refresh(Now, options.PriorityAging);
        line.Model.Lines.Add(line);
        line.IsListed = true;
        if (line.RisesAt is { } rises && (line.LookAt is not { } planned || rises < planned))
        {
            line.LookAt = rises;
            _rises.Enqueue(line, rises);
        }
    }

    private static void Unlist(WaitingLine line)
    {
        if (line.IsListed)
        {
            line.Model.Lines.Remove(line);
            line.IsListed = false;
        }
    }
}
