namespace LlamaGate.Domain.Scheduling;

/// <summary>A call in the scheduler, from its arrival to its end.</summary>
public sealed class CallTicket
{
    internal CallTicket(long id, CallSpec spec, WaitingLine line, TimeSpan arrivedAt)
    {
        Id = id;
        Spec = spec;
        Line = line;
        ArrivedAt = arrivedAt;
        LineNode = new LinkedListNode<CallTicket>(this);
        DeadlineNode = new LinkedListNode<CallTicket>(this);
    }

    /// <summary>Unique in the scheduler, in the order of arrival.</summary>
    public long Id { get; }

    public CallSpec Spec { get; }

    public CallState State { get; internal set; }

    /// <summary>By the scheduler's clock.</summary>
    public TimeSpan ArrivedAt { get; }

    /// <summary>The place in the queue at arrival, from 1; 0 = it did not have to wait.</summary>
    public int Position { get; internal set; }

    /// <summary>The host that has the call; null while it waits.</summary>
    public string? Host => Runner?.Host.Name;

    /// <summary>The runner's context in tokens; null while the call waits and when it is not known.</summary>
    public int? Context => Runner?.Context;

    /// <summary>The time spent waiting so far, as of the last grant.</summary>
    public TimeSpan Waited { get; internal set; }

    /// <summary>The part of <see cref="Waited"/> in which the model was being loaded.</summary>
    public TimeSpan Loading { get; internal set; }

    /// <summary>The wait that was estimated at its arrival; null when it did not have to wait.</summary>
    public TimeSpan? Expected { get; internal set; }

    /// <summary>Its part of the time of the loads that it waited for, each of which is split evenly over those who waited for it.</summary>
    public TimeSpan LoadShare { get; internal set; }

    /// <summary>How often it was granted a slot.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The estimated cost in slot seconds.</summary>
    public double Cost { get; internal set; }

    /// <summary>The virtual time that its principal had used at its last grant, this call included: slot seconds by weight.</summary>
    public double Counter { get; internal set; }

    /// <summary>The virtual time at its last grant: no principal that began to wait was behind it.</summary>
    public double VirtualTime { get; internal set; }

    /// <summary>Whether it tests if the runner has one more slot than is known.</summary>
    public bool IsTrial => Trial is not null;

    internal WaitingLine Line { get; }

    internal PrincipalState Owner => Line.Owner;

    internal LinkedListNode<CallTicket> LineNode { get; }

    internal LinkedListNode<CallTicket> DeadlineNode { get; }

    internal Estimate Estimate { get; set; }

    /// <summary>What the owner was charged so far, in slot seconds.</summary>
    internal double Charged { get; set; }

    internal Runner? Runner { get; set; }

    /// <summary>When it began to wait, last.</summary>
    internal TimeSpan EnteredAt { get; set; }

    /// <summary>When it must be refused if it still waits.</summary>
    internal TimeSpan Deadline { get; set; }

    internal TimeSpan GrantedAt { get; set; }

    internal TimeSpan? FirstTokenAt { get; set; }

    /// <summary>When the granted call will probably have computed its prompt.</summary>
    internal TimeSpan FirstTokenDue => GrantedAt + TimeSpan.FromSeconds(Estimate.PromptSeconds);

    /// <summary>What the model predicted at arrival; null when it did not wait.</summary>
    internal TimeSpan? PredictedWait { get; set; }

    /// <summary>Its place and start in the last estimate of the queue; null before it was in one.</summary>
    internal (int Position, TimeSpan Begins)? Planned { get; set; }

    /// <summary>Hosts where it has failed; null = none.</summary>
    internal List<SchedulerHost>? Barred { get; set; }

    internal PrefixGroup? Group { get; set; }

    /// <summary>The granted call tests whether the runner has one more slot.</summary>
    internal SlotTrial? Trial { get; set; }

    /// <summary>Another scheduler has granted it to test a slot, and its result is not known.</summary>
    internal bool WasTrial { get; set; }

    /// <summary>The context that its runner must have; null = any.</summary>
    internal int? NeededContext => Spec.Rule.MaxContext is { } max && Spec.Context is { } wish ? Math.Min(wish, max) : null;

    /// <summary>Whether some open runners of its model may be of no use to it.</summary>
    internal bool IsRestricted => Barred is not null || NeededContext is not null;

    internal bool IsWaiting => State is CallState.Waiting or CallState.Held;

    /// <summary>Whether a runner of its model is of use to it.</summary>
    internal bool IsServedBy(Runner runner) => !IsBarredFrom(runner.Host)
        && (NeededContext is not { } needed || runner.IsRemote || runner.Context is not { } own || own >= needed);

    internal bool IsBarredFrom(SchedulerHost host) => Barred is not null && Barred.Contains(host);
}
