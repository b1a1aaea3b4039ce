namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Decides which runners must go before a model can be loaded on a host, and whether they may. Pinned ones never go, and another only when it
/// is idle and unwanted, or when its turn is over and nobody who waits for it precedes the newcomer.
/// </summary>
internal sealed class RoomPlanner(SchedulerOptions options)
{
    /// <summary>
    /// A runner is unwanted when it has been idle for this part of its load: clients that use it in turns leave it idle for moments, and
    /// each such moment would cost two loads.
    /// </summary>
    private const double IdleShare = 0.1;

    /// <param name="newcomer">The key of the best call that needs the load; null: an operator wants it, whom turns do not bind.</param>
    /// <param name="blockedUntil">When the answer may change by time alone.</param>
    /// <returns>Null when there can be no room now.</returns>
    public LoadPlan? Plan(SchedulerHost host, ModelState model, LineKey? newcomer, bool isGrowth, TimeSpan now, ref TimeSpan? blockedUntil)
    {
        var own = host.Runners.GetValueOrDefault(model.Key);
        var others = host.Runners.Values.Where(runner => runner != own && !runner.IsRemote).ToList();
        LoadPlan? plan;
        switch (Fits(host, others, model, own))
        {
            case true:
                plan = LoadPlan.Nothing;
                break;
            case false:
                plan = PickVictims(host, model, others, newcomer, now, ref blockedUntil);
                break;
            default:
                var all = true;
                foreach (var other in others)
                {
                    all &= MayGo(other, newcomer, now, ref blockedUntil);
                }

                plan = all ? new LoadPlan(others, Unloads: false) : null;
                break;
        }

        if (plan is null || !isGrowth || own is null)
        {
            return plan;
        }

        // The runner itself is loaded anew, so its calls must end first. Afterwards it serves all who wait for it.
        var isWanted = !own.IsIdle || model.Waiting > model.Restricted.Count;
        return !isWanted || IsTurnOver(own, now, ref blockedUntil) ? plan with { Closed = [.. plan.Closed, own] } : null;
    }

    /// <summary>Whether the pinned models that are loaded there leave no room for this one, whatever else goes.</summary>
    public static bool IsCrowdedOut(SchedulerHost host, ModelState model)
    {
        var pinned = host.Runners.Values
            .Where(runner => runner.Model != model && !runner.IsRemote && host.IsPinned(runner.Model.Key)).ToList();
        return pinned.Count > 0 && Fits(host, pinned, model, own: null) is false;
    }

    /// <summary>Seconds until the closed runners have drained.</summary>
    public static double DrainSeconds(LoadPlan plan, TimeSpan now) =>
        plan.Closed.Count == 0 ? 0 : plan.Closed.Max(runner => runner.DrainSeconds(now));

    /// <summary>For how long a model stays loaded although others wait: its load then costs no more than the share allows.</summary>
    public TimeSpan Turn(Runner runner) => TimeSpan.FromSeconds(
        runner.Host.LoadSeconds(runner.Model.Key) * (1 - options.SwitchShare) / options.SwitchShare);

    private static bool? Fits(SchedulerHost host, List<Runner> staying, ModelState model, Runner? own)
    {
        if (staying.Count == 0)
        {
            return true;
        }

        if (staying.Count + 1 > (host.Limits.MaxLoaded ?? int.MaxValue))
        {
            return false;
        }

        if (host.Limits.VideoMemory is { } memory)
        {
            var needed = own?.Size ?? host.Models?.GetValueOrDefault(model.Key)?.Size ?? 0;
            return staying.Sum(SizeOf) + needed <= memory;
        }

        return host.Limits.MaxLoaded is not null ? true : host.Fit.Fits([.. staying.Select(runner => runner.Model.Key), model.Key]);
    }

    private static long SizeOf(Runner runner) => runner.Size ?? runner.Host.Models?.GetValueOrDefault(runner.Model.Key)?.Size ?? 0;

    /// <summary>Idle ones first, then those that were not used for the longest time, until the rest fits.</summary>
    private LoadPlan? PickVictims(
        SchedulerHost host, ModelState model, List<Runner> others, LineKey? newcomer, TimeSpan now, ref TimeSpan? blockedUntil)
    {
        var staying = others.ToList();
        var victims = new List<Runner>();
        foreach (var victim in others.OrderBy(runner => runner.IsIdle ? 0 : 1).ThenBy(runner => runner.LastUsed))
        {
            if (!MayGo(victim, newcomer, now, ref blockedUntil))
            {
                continue;
            }

            victims.Add(victim);
            staying.Remove(victim);
            if (Fits(host, staying, model, own: null) is true)
            {
                return new LoadPlan(victims, Unloads: true);
            }
        }

        return null;
    }

    private bool MayGo(Runner runner, LineKey? newcomer, TimeSpan now, ref TimeSpan? blockedUntil)
    {
        if (runner.Host.IsPinned(runner.Model.Key))
        {
            return false;
        }

        if (newcomer is not { } first)
        {
            return true;
        }

        if (runner.IsIdle && runner.Model.Waiting == 0)
        {
            var unwanted = runner.LastUsed + TimeSpan.FromSeconds(IdleShare * runner.Host.LoadSeconds(runner.Model.Key));
            return unwanted <= now || IsTurnOver(runner, now, ref blockedUntil) || NoteBlocked(unwanted, ref blockedUntil);
        }

        return IsTurnOver(runner, now, ref blockedUntil) && (runner.Model.Best is not { } own || first.Precedes(own));
    }

    private bool IsTurnOver(Runner runner, TimeSpan now, ref TimeSpan? blockedUntil)
    {
        var over = runner.LoadedAt + Turn(runner);
        return over <= now || NoteBlocked(over, ref blockedUntil);
    }

    private static bool NoteBlocked(TimeSpan until, ref TimeSpan? blockedUntil)
    {
        blockedUntil = blockedUntil < until ? blockedUntil : until;
        return false;
    }
}
