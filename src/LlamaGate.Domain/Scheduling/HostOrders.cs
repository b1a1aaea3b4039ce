namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// Carries out what operators want of hosts, by the rules that hold for all loads: the gate is closed first, the calls of a runner end by
/// themselves, one load or unload on a host at a time, and no pinned model goes. Only turns do not bind an operator.
/// </summary>
internal sealed class HostOrders(SchedulerState state, LoadPlanner loads)
{
    public OrderOutcome Begin(HostOrder order)
    {
        if (state.IsRecovering)
        {
            return new OrderOutcome(OrderResult.Busy);
        }

        if (state.FindHost(order.Host) is not { } host)
        {
            return new OrderOutcome(OrderResult.NoSuchHost);
        }

        var runner = host.Runners.GetValueOrDefault(order.Model);
        return runner is { IsRemote: true } || host.Models?.GetValueOrDefault(order.Model) is { IsRemote: true } ? new OrderOutcome(OrderResult.Remote)
            : order.Loads ? Load(order, host, runner)
            : Unload(host, runner);
    }

    /// <summary>Goes on with unloads whose runners have drained.</summary>
    /// <returns>Whether gates were opened, so that there may be slots to grant.</returns>
    public bool Advance()
    {
        var hasOpened = false;
        foreach (var host in state.Hosts)
        {
            if (host.Unload is not { IsSent: false } unload)
            {
                continue;
            }

            if (host.IsPinned(unload.Runner.Model.Key))
            {
                // It was pinned in the meantime.
                host.Unload = null;
                unload.Runner.IsOpen = hasOpened = true;
            }
            else if (unload.Runner.IsIdle)
            {
                unload.IsSent = true;
                state.Decide(new StartUnload(unload.Id, host.Name, unload.Runner.Model.Key));
            }
        }

        return hasOpened;
    }

    private OrderOutcome Load(HostOrder order, SchedulerHost host, Runner? runner)
    {
        if (host.IsChanging)
        {
            return new OrderOutcome(OrderResult.Busy);
        }

        if (runner is { IsOpen: true } && !runner.IsExpired(state.Now))
        {
            return new OrderOutcome(OrderResult.AlreadySo);
        }

        if (!host.IsLive)
        {
            return new OrderOutcome(OrderResult.NotLive);
        }

        if (host.Models?.ContainsKey(order.Model) is not true)
        {
            return new OrderOutcome(OrderResult.NoSuchModel);
        }

        var model = state.Model(order.Model);
        if (model.Calls == 0)
        {
            (model.Rule, model.IsEmbedding) = (order.Rule, order.IsEmbedding);
        }

        return loads.TryBegin(host, model) is { } closed
            ? new OrderOutcome(OrderResult.Begun, closed.Sum(victim => victim.Busy))
            : new OrderOutcome(OrderResult.NoRoom);
    }

    private OrderOutcome Unload(SchedulerHost host, Runner? runner)
    {
        if (runner is null)
        {
            return new OrderOutcome(OrderResult.AlreadySo);
        }

        if (host.IsPinned(runner.Model.Key))
        {
            return new OrderOutcome(OrderResult.Pinned);
        }

        if (host.IsChanging)
        {
            return new OrderOutcome(OrderResult.Busy);
        }

        runner.IsOpen = false;
        host.Unload = new PendingUnload(state.NextId(), runner);
        return new OrderOutcome(OrderResult.Begun, runner.Busy);
    }
}
