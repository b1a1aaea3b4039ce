namespace LlamaGate.Domain.Scheduling;

/// <summary>The lanes of the principals whose number of running calls is limited, as of one estimate of the queue.</summary>
internal sealed class RunningLimits(SchedulerState state)
{
    private readonly Dictionary<PrincipalState, PrincipalLanes> _lanes = [];

    public void Forget() => _lanes.Clear();

    /// <summary>Null while the limit does not matter, for most principals always.</summary>
    public PrincipalLanes? Of(PrincipalState owner)
    {
        if (owner.Principal.MaxRunning is not { } most || most > owner.Running + owner.Waiting)
        {
            return null;
        }

        if (!_lanes.TryGetValue(owner, out var lanes))
        {
            _lanes[owner] = lanes = new PrincipalLanes(most, owner.Running > 0 ? EndsOf(owner) : [], state.Now);
        }

        return lanes;
    }

    /// <summary>A call has arrived that is not in the estimate yet.</summary>
    public void NoteArrival(CallTicket call)
    {
        if (_lanes.TryGetValue(call.Owner, out var lanes))
        {
            lanes.Take((int)WaitingLine.AskedClass(call), Times.Later(lanes.FreeAt, state.Now) + TimeSpan.FromSeconds(call.Cost));
        }
    }

    private IEnumerable<TimeSpan> EndsOf(PrincipalState owner) => state.Hosts
        .SelectMany(static host => host.Runners.Values)
        .SelectMany(static runner => runner.Active)
        .Where(call => call.Owner == owner)
        .Select(call => ModelSlots.EndOf(call, state.Now));
}
