using System.Numerics;

namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Decides which models are loaded where. One load per host at a time; a second copy only where the wait is long and nobody else needs the
/// room.
/// </summary>
internal sealed class LoadPlanner(SchedulerState state)
{
    /// <summary>A second copy pays when the wait is longer than this many times its load.</summary>
    private const double CopyFactor = 2;

    /// <summary>The precedence of callers changes with time, so a load that is blocked by others is considered again after this time.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly RoomPlanner _rooms = new(state.Options);

    /// <summary>When the plan may be another although nothing has happened; null = never.</summary>
    public TimeSpan? LookAt { get; private set; }

    /// <returns>Whether gates were opened, so that there may be slots to grant.</returns>
    public bool Plan()
    {
        LookAt = null;
        var hasOpened = false;
        foreach (var host in state.Hosts)
        {
            hasOpened |= host.Load is { } load && !Advance(load);
        }

        if (state.Waiting.Wanted is [var only])
        {
            PlanFor(only);
        }
        else if (state.Waiting.Wanted.Count > 0)
        {
            foreach (var model in state.Waiting.Wanted.Where(model => model.Best is not null)
                .OrderBy(model => model.Best!.Value, LineKey.Order).ToArray())
            {
                PlanFor(model);
            }
        }

        return hasOpened;
    }

    /// <summary>An operator wants a model on this host, whose turn it may be.</summary>
    /// <returns>The runners whose gates were closed for it; null when there is no room, because what would have to go is pinned.</returns>
    public IReadOnlyList<Runner>? TryBegin(SchedulerHost host, ModelState model)
    {
        TimeSpan? blockedUntil = null;
        if (_rooms.Plan(host, model, newcomer: null, isGrowth: false, state.Now, ref blockedUntil) is not { } plan)
        {
            return null;
        }

        Begin(model, call: null, new Room(host, plan, Seconds: 0, IsGrowth: false), LoadReason.Admin);
        return plan.Closed;
    }

    /// <summary>Goes on with a load: unloads what has drained, and loads when there is room.</summary>
    /// <returns>False when the load is not wanted any more.</returns>
    private bool Advance(PendingLoad load)
    {
        load.NoteDrain(state.Now);
        if (load.SentAt is not null)
        {
            LookAtMost(load.StuckAt);
            ReportIfStuck(load);
            return true;
        }

        if (load.Model.Waiting == 0 && load.Reason is not LoadReason.Admin)
        {
            // Those who wanted it have left.
            Drop(load);
            return false;
        }

        if (load.Plan.Unloads || load.Reason is LoadReason.Grow)
        {
            foreach (var victim in load.Plan.Closed.Where(victim => victim.IsIdle && victim.Model != load.Model && load.Unloading.Add(victim)))
            {
                state.Decide(new StartUnload(load.Id, load.Host.Name, victim.Model.Key));
            }

            if (load.Plan.Closed.Any(victim => !load.IsGone(victim)))
            {
                return true;
            }
        }

        // Ollama decides by itself what to unload, so it must have the calls of the closed runners first.
        if (load.Plan.Closed.Any(victim => victim.HasUnansweredCall))
        {
            return true;
        }

        Send(load);
        return true;
    }

    /// <summary>The load does not take place, or has ended: what it closed is open again.</summary>
    public static void Drop(PendingLoad load)
    {
        load.Host.Load = null;
        foreach (var runner in load.Host.Runners.Values)
        {
            runner.IsOpen = true;
        }
    }

    private void ReportIfStuck(PendingLoad load)
    {
        if (load.IsStuck(state.Now) && !load.IsReported)
        {
            load.IsReported = true;
            state.Decide(new ReportStuckLoad(load.Host.Name, load.Model.Key, load.Seconds(state.Now)));
        }
    }

    private void Send(PendingLoad load)
    {
        load.SentAt = state.Now;
        LookAtMost(load.StuckAt);
        state.Decide(new StartLoad(load.Id, load.Host.Name, load.Model.Key)
        {
            IsEmbedding = load.Model.IsEmbedding,
            Context = load.Context,
            KeepAlive = load.Host.IsPinned(load.Model.Key) ? "-1" : load.Model.Rule.KeepAlive,
            Reason = load.Reason,
            For = load.Model.Lines.Min?.Owner.Principal,
            Waiting = load.Model.Waiting,
            Before = load.Before,
        });
    }

    private void PlanFor(ModelState model)
    {
        if (model.Best is not { } best)
        {
            return;
        }

        if (model.Waiting > model.Restricted.Count)
        {
            PlanFor(model, best, call: null);
        }

        for (var i = 0; i < model.Restricted.Count; i++)
        {
            PlanFor(model, best, model.Restricted[i]);
        }
    }

    /// <param name="call">The call that must be served; null = any without restrictions.</param>
    private void PlanFor(ModelState model, LineKey best, CallTicket? call)
    {
        var slots = 0;
        foreach (var runner in model.Runners)
        {
            slots += IsOfUse(runner, call) ? runner.Slots.Known : 0;
        }

        if (IsLoading(model, call))
        {
            return;
        }

        var isNeeded = slots == 0;
        if (!isNeeded && (call is not null || state.Hosts.Count == 1))
        {
            return;
        }

        if (FindRoom(model, best, call) is { } room && (isNeeded || PaysToCopy(model, slots, room)))
        {
            Begin(model, call, room, ReasonFor(room, isNeeded));
        }
    }

    private bool IsOfUse(Runner runner, CallTicket? call) =>
        runner is { IsOpen: true, Host: { IsLive: true, IsSilent: false } } && !runner.IsExpired(state.Now) && call?.IsServedBy(runner) is not false;

    private bool IsLoading(ModelState model, CallTicket? call)
    {
        foreach (var host in state.Hosts)
        {
            if (host.Load is { } load && load.Model == model && !load.IsStuck(state.Now)
                && (call is null || (!call.IsBarredFrom(host) && (load.Context ?? int.MaxValue) >= (call.NeededContext ?? 0))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool PaysToCopy(ModelState model, int slots, Room room) =>
        model.WaitingSeconds / slots > CopyFactor * room.Seconds
        && room.Plan.Closed.All(victim => victim.IsIdle && victim.Model.Waiting == 0);

    /// <summary>The host where the model is loaded soonest; null when it can be loaded nowhere now.</summary>
    private Room? FindRoom(ModelState model, LineKey best, CallTicket? call)
    {
        Room? found = null;
        TimeSpan? blockedUntil = null;
        var isBlocked = false;
        foreach (var host in state.Hosts)
        {
            var own = host.Runners.GetValueOrDefault(model.Key);
            if (!host.IsLive || host.IsSilent || host.IsChanging || host.Models?.ContainsKey(model.Key) is not true || call?.IsBarredFrom(host) is true
                || own is { IsRemote: true } || (own is not null && IsOfUse(own, call)))
            {
                continue;
            }

            if (host.FindFailure(model.Key, state.Now) is { } failure)
            {
                LookAtMost(failure.Until);
                continue;
            }

            // An open runner that is of no use has too small a context.
            var isGrowth = own is not null && !own.IsExpired(state.Now);
            var plan = _rooms.Plan(host, model, best, isGrowth, state.Now, ref blockedUntil);
            isBlocked |= plan is null;
            if (plan is not null)
            {
                var seconds = RoomPlanner.DrainSeconds(plan, state.Now) + host.LoadSeconds(model.Key);
                found = found is null || seconds < found.Value.Seconds ? new Room(host, plan, seconds, isGrowth) : found;
            }
        }

        if (found is null && isBlocked)
        {
            LookAtMost(blockedUntil ?? state.Now + LookAgain);
            LookAtMost(state.Now + LookAgain);
        }

        return found;
    }

    private static LoadReason ReasonFor(Room room, bool isNeeded) => room.IsGrowth ? LoadReason.Grow
        : !isNeeded ? LoadReason.Copy
        : room.Plan.Closed.Count > 0 ? LoadReason.Switch : LoadReason.First;

    private void Begin(ModelState model, CallTicket? call, Room room, LoadReason reason)
    {
        var (host, plan) = (room.Host, room.Plan);
        var load = new PendingLoad(state.NextId(), host, model, plan)
        {
            Reason = reason,
            BegunAt = state.Now,
            Context = ContextFor(model, call),
            Before = [.. host.Runners.Values.Where(runner => !runner.IsRemote).Select(runner => runner.Model.Key)],
        };
        host.Load = load;
        foreach (var runner in plan.Closed)
        {
            runner.IsOpen = false;
        }

        if (host.Runners.TryGetValue(model.Key, out var own))
        {
            own.IsOpen = false;
        }

        Advance(load);
    }

    /// <summary>The operator's context, or the next power of two above the largest wish of those who wait.</summary>
    private static int? ContextFor(ModelState model, CallTicket? call)
    {
        var wish = call?.NeededContext ?? 0;
        foreach (var other in model.Restricted)
        {
            wish = Math.Max(wish, other.NeededContext ?? 0);
        }

        if (wish == 0)
        {
            return model.Rule.Context;
        }

        var power = (int)Math.Min(int.MaxValue, BitOperations.RoundUpToPowerOf2((uint)wish));
        return Math.Max(model.Rule.Context ?? 0, Math.Min(power, model.Rule.MaxContext ?? power));
    }

    private void LookAtMost(TimeSpan at)
    {
        if (at > state.Now && !(LookAt <= at))
        {
            LookAt = at;
        }
    }

    private readonly record struct Room(SchedulerHost Host, LoadPlan Plan, double Seconds, bool IsGrowth);
}
