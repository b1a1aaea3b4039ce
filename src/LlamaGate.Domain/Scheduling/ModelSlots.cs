namespace LlamaGate.Domain.Scheduling;

/// <summary>When the slots of a model will be free.</summary>
internal static class ModelSlots
{
    /// <summary>At least one slot.</summary>
    public static PriorityQueue<TimeSpan, TimeSpan> Of(ModelState model, SchedulerState state)
    {
        var free = new PriorityQueue<TimeSpan, TimeSpan>();
        foreach (var runner in model.Runners)
        {
            if (runner is { IsOpen: true, Host.IsLive: true } && !runner.IsExpired(state.Now))
            {
                AddOpen(runner, free, state.Now);
            }
        }

        if (free.Count == 0)
        {
            AddUnloaded(model, free, state);
        }

        return free;
    }

    /// <summary>When a call that runs will probably end. If it takes longer than estimated, that may be at any time.</summary>
    public static TimeSpan EndOf(CallTicket call, TimeSpan now) => Times.Later(call.GrantedAt + TimeSpan.FromSeconds(call.Cost), now);

    private static void AddOpen(Runner runner, PriorityQueue<TimeSpan, TimeSpan> free, TimeSpan now)
    {
        var slots = Math.Min(runner.Slots.Known, runner.Host.Limits.MaxRunning ?? int.MaxValue);
        foreach (var call in runner.Active)
        {
            var ends = EndOf(call, now);
            free.Enqueue(ends, ends);
            slots--;
        }

        for (; slots > 0; slots--)
        {
            free.Enqueue(now, now);
        }
    }

    private static void AddUnloaded(ModelState model, PriorityQueue<TimeSpan, TimeSpan> free, SchedulerState state)
    {
        TimeSpan? soonest = null;
        var slots = 1;
        foreach (var host in state.Hosts.Where(host => host.IsLive && host.MayHave(model.Key)))
        {
            var ready = state.Now + TimeSpan.FromSeconds(host.Load is { } load ? SecondsUntil(load, model, state.Now) : host.LoadSeconds(model.Key));
            if (!(soonest <= ready))
            {
                (soonest, slots) = (ready, model.Rule.Slots ?? host.Limits.Slots ?? state.Options.Slots ?? 1);
            }
        }

        for (var i = 0; i < slots; i++)
        {
            free.Enqueue(soonest ?? state.Now, soonest ?? state.Now);
        }
    }

    /// <summary>Until the load is over, and another if it is not of this model.</summary>
    private static double SecondsUntil(PendingLoad load, ModelState model, TimeSpan now)
    {
        var whole = RoomPlanner.DrainSeconds(load.Plan, now) + load.Host.LoadSeconds(load.Model.Key);
        var rest = Math.Max(0, whole - (load.SentAt is null ? 0 : load.Seconds(now)));
        return load.Model == model ? rest : rest + load.Host.LoadSeconds(model.Key);
    }
}
