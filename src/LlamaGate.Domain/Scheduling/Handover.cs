using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>Rebuilds what a lost scheduler knew about calls and principals.</summary>
internal sealed class Handover(SchedulerState state, HostUpdates hosts, Admission admission)
{
    public void Restore(Principal principal, double counter, double virtualTime)
    {
        state.Order.RaiseVirtualTime(virtualTime);
        state.Order.Change(state.Principals.Get(principal), owner => owner.Counter = Math.Max(owner.Counter, counter));
    }

    /// <summary>What was learned about each model that is in use or loaded.</summary>
    public IReadOnlyList<LearnedFigures> ReadLearned() =>
        [.. state.Models.Select(model => model.Figures.Read(model.Key) with { Hosts = [.. state.Hosts.Select(host => Read(host, model)).OfType<LearnedHost>()] })];

    public void Restore(LearnedFigures learned)
    {
        var model = state.Model(learned.Model);
        model.Figures.Restore(learned);
        foreach (var known in learned.Hosts)
        {
            if (state.FindHost(known.Host) is { } host && host.MayHave(model.Key))
            {
                host.RestoreLoad(model.Key, known.LoadSeconds);
                if (known.Slots is { } slots && host.Runners.GetValueOrDefault(model.Key) is { } runner)
                {
                    runner.Slots.NoteProven(slots);
                }
            }
        }
    }

    public CallTicket Adopt(CallSpec spec, CallHistory history)
    {
        var call = admission.Open(spec);
        call.Cost = history.Cost ?? call.Cost;
        (call.Waited, call.Attempts, call.Position) = (history.Waited, history.Attempts, history.Position);
        if (history.Barred.Select(state.FindHost).OfType<SchedulerHost>().ToList() is { Count: > 0 } barred)
        {
            call.Barred = barred;
        }

        if (history.Host is null)
        {
            BeginIfKnown(call.Owner);
            admission.Enter(call);
        }
        else if (state.FindHost(history.Host) is { } host)
        {
            Run(call, hosts.FindOrAdd(host, call.Line.Model), history);
        }

        return call;
    }

    /// <summary>Nobody may stand behind the virtual time that has been found out.</summary>
    public void End()
    {
        state.IsRecovering = false;
        var least = state.Order.VirtualTime;
        foreach (var principal in state.Principals.All.Where(principal => principal.Counter < least).ToArray())
        {
            state.Order.Change(principal, owner => owner.Counter = least);
        }
    }

    /// <summary>Null when nothing was learned.</summary>
    private static LearnedHost? Read(SchedulerHost host, ModelState model)
    {
        var seconds = host.LearnedLoadSeconds(model.Key);
        var slots = host.Runners.GetValueOrDefault(model.Key)?.Slots is { Configured: null } learned ? learned.Known : (int?)null;
        return seconds is null && slots is null ? null : new LearnedHost(host.Name, seconds, slots);
    }

    /// <summary>In recovery the counter is what others remember, however much it is.</summary>
    private void BeginIfKnown(PrincipalState principal)
    {
        if (!state.IsRecovering)
        {
            state.Order.Begin(principal);
        }
    }

    private void Run(CallTicket call, Runner runner, CallHistory history)
    {
        admission.Count(call);
        call.State = CallState.Running;
        call.Charged = call.Cost;
        call.GrantedAt = state.Now - history.Running;
        state.Order.Change(call.Owner, static owner => owner.Running++);
        call.WasTrial = history.IsTrial;
        runner.Adopt(call, state.Now, provesSlots: state.IsRecovering);
        call.Runner = runner;
        (call.Line.RecentHost, call.Line.RecentAt) = (runner.Host.Name, state.Now);
        if (history.HasToken)
        {
            call.FirstTokenAt = state.Now;
            call.Group?.CachedAt = runner.Host.Name;
        }
    }
}
