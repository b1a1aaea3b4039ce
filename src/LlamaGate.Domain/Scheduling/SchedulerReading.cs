namespace LlamaGate.Domain.Scheduling;

/// <summary>Describes the scheduler for those who look at it. It decides nothing.</summary>
internal sealed class SchedulerReading(SchedulerState state)
{
    /// <summary>The place of a call as it is now.</summary>
    public CallFigures Describe(TimeSpan now, CallTicket call)
    {
        if (!call.IsWaiting)
        {
            return new CallFigures(0, TimeSpan.Zero, call.Waited, LoadingAt: null);
        }

        var (position, eta) = state.Eta.Find(call);
        return new CallFigures(position, Positive(eta - (now - state.Now)), call.Waited + (now - call.EnteredAt), state.FindLoading(call.Line.Model)?.Name);
    }

    /// <param name="maxQueued">The most calls of the queue to list.</param>
    public SchedulerSnapshot TakeSnapshot(TimeSpan now, int maxQueued)
    {
        // Places are by model; the whole queue is in the order in which its calls will probably be sent.
        var next = state.Waiting.All.OrderBy(PlaceOf).Take(maxQueued);
        return new SchedulerSnapshot(
            [.. state.Hosts.Select(host => Describe(now, host))],
            [.. next.Select(call => new CallSnapshot(call, Describe(now, call), TimeSpan.Zero))],
            state.Waiting.Count,
            state.Waiting.Bytes);
    }

    /// <summary>Those that are expected at the same time in the order of their places.</summary>
    private (TimeSpan Eta, int Position, long Id) PlaceOf(CallTicket call)
    {
        var (position, eta) = state.Eta.Find(call);
        return (eta, position, call.Id);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private HostSnapshot Describe(TimeSpan now, SchedulerHost host) => new(host.Name)
    {
        Limits = host.Limits,
        IsSilent = host.IsSilent,
        Runners = [.. host.Runners.Values.Where(runner => !runner.IsRemote || !runner.IsIdle).Select(runner => Describe(now, runner))],
        Load = host.Load is { } load ? Describe(now, load) : null,
    };

    private RunnerSnapshot Describe(TimeSpan now, Runner runner) => new(runner.Model.Key)
    {
        IsOpen = runner.IsOpen,
        IsPinned = runner.Host.IsPinned(runner.Model.Key),
        Busy = runner.Busy,
        Slots = runner.Slots.Known,
        LearnsSlots = runner.Slots.Configured is null,
        Context = runner.Context,
        Size = runner.Size,
        ExpiresIn = runner.ExpiresAt is { } at ? Positive(at - now) : null,
        Calls = [.. runner.Active.Select(call => new CallSnapshot(call, Describe(now, call), now - call.GrantedAt))],
    };

    private static LoadSnapshot Describe(TimeSpan now, PendingLoad load)
    {
        var whole = RoomPlanner.DrainSeconds(load.Plan, now) + load.Host.LoadSeconds(load.Model.Key);
        var left = TimeSpan.FromSeconds(whole - (load.SentAt is null ? 0 : load.Seconds(now)));
        return new LoadSnapshot(load.Model.Key, load.Reason, now - load.BegunAt, Positive(left), load.IsStuck(now));
    }
}
