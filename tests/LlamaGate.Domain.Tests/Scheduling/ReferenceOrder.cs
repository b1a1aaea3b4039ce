using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>
/// The order of grants, computed in the simplest way: a list of all who wait, searched from end to end. It knows counters and runners from
/// the scheduler only as they are before an event; the grants of the event it replays itself.
/// </summary>
internal sealed class ReferenceOrder(SchedulerOptions options, Scheduler scheduler)
{
    private const double Tolerance = 1e-6;

    /// <summary>As they were before the event.</summary>
    private readonly Dictionary<PrincipalState, TimeSpan> _lastGrants = [];

    /// <summary>The grants of one event must each have been the best one of its model at its turn.</summary>
    public void Check(TimeSpan now, IReadOnlyList<Decision> decisions)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        var grants = decisions.OfType<Grant>().Select(grant => grant.Call).ToList();
        // From the last to the first: the state after all of them is known, and each is undone in turn.
        var counters = new Dictionary<PrincipalState, double>();
        var running = new Dictionary<PrincipalState, int>();
        var undone = new List<CallTicket>();
        for (var i = grants.Count - 1; i >= 0; i--)
        {
            var call = grants[i];
            var owner = call.Owner;
            counters[owner] = Counter(owner, counters) - (call.Cost / owner.Weight);
            running[owner] = Running(owner, running) - 1;
            CheckTurn(now, call, undone, counters, running, grants.Take(i));
            undone.Add(call);
        }

        foreach (var owner in scheduler.State.Principals.All)
        {
            _lastGrants[owner] = owner.LastGrant;
        }
    }

    private void CheckTurn(
        TimeSpan now, CallTicket granted, List<CallTicket> later, Dictionary<PrincipalState, double> counters,
        Dictionary<PrincipalState, int> running, IEnumerable<CallTicket> earlier)
    {
        var before = earlier.ToHashSet();
        var others = scheduler.State.Waiting.All.Concat(later)
            .Where(call => call.Line.Model == granted.Line.Model && call.State is not CallState.Held && call.EnteredAt <= now);
        var own = Class(granted, now, before);
        foreach (var other in others)
        {
            // Those who may not run more, and those who cannot use this runner, do not count.
            if (other.Owner == granted.Owner || Running(other.Owner, running) >= (other.Spec.Principal.MaxRunning ?? int.MaxValue)
                || !other.IsServedBy(granted.Runner!) || (granted.Trial is not null && !other.Spec.TeachesSlots))
            {
                continue;
            }

            var reached = Class(other, now, before);
            var isPassed = reached > own
                || (reached == own && Counter(other.Owner, counters) < Counter(granted.Owner, counters) - Tolerance);
            if (isPassed)
            {
                Assert.Fail($"3: {granted.Owner.Principal.Id} was granted past {other.Owner.Principal.Id}: class {own} and {reached}, "
                    + $"counter {Counter(granted.Owner, counters)} and {Counter(other.Owner, counters)}");
            }
        }
    }

    /// <param name="before">The calls granted earlier in the same event: their owners age from now.</param>
    private int Class(CallTicket call, TimeSpan now, HashSet<CallTicket> before)
    {
        var wasGranted = before.Any(other => other.Owner == call.Owner);
        var last = wasGranted ? now : _lastGrants.GetValueOrDefault(call.Owner, TimeSpan.MinValue);
        var from = call.ArrivedAt > last ? call.ArrivedAt : last;
        var asked = call.Spec.Priority is { } wish && wish < call.Spec.Principal.Priority ? wish : call.Spec.Principal.Priority;
        return Math.Min((int)KeyPriority.High, (int)asked + (int)Math.Max(0, Math.Floor((now - from) / options.PriorityAging)));
    }

    private static double Counter(PrincipalState owner, Dictionary<PrincipalState, double> counters) =>
        counters.GetValueOrDefault(owner, owner.Counter);

    private static int Running(PrincipalState owner, Dictionary<PrincipalState, int> running) =>
        running.GetValueOrDefault(owner, owner.Running);
}
