namespace LlamaGate.Domain.Scheduling;

/// <summary>A model that a host has loaded, as the gateway uses it.</summary>
internal sealed class Runner(SchedulerHost host, ModelState model, SlotLimit slots)
{
    /// <summary>Slots of a model that runs elsewhere.</summary>
    public const int RemoteSlots = 8;

    private Ewma _secondsPerToken;

    public SchedulerHost Host => host;

    public ModelState Model => model;

    public SlotLimit Slots { get; set; } = slots;

    /// <summary>The gate: whether it takes new calls.</summary>
    public bool IsOpen { get; set; }

    /// <summary>It needs no memory of the host, and no load.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Calls that have a slot, those that have left but still hold it included.</summary>
    public List<CallTicket> Active { get; } = [];

    /// <summary>Slots that calls which have left still hold, by the time when each is free.</summary>
    public List<TimeSpan> Lingering { get; } = [];

    /// <summary>In tokens; null when it is not known.</summary>
    public int? Context { get; set; }

    /// <summary>In memory, in bytes; null when it is not known.</summary>
    public long? Size { get; set; }

    public TimeSpan LoadedAt { get; set; }

    /// <summary>When the gateway's load began; equal to <see cref="LoadedAt"/> when it was found loaded.</summary>
    public TimeSpan LoadStartedAt { get; set; }

    public TimeSpan LastUsed { get; set; }

    /// <summary>When Ollama unloads it if nobody uses it; null when that is not known.</summary>
    public TimeSpan? ExpiresAt { get; set; }

    /// <summary>Slots in use.</summary>
    public int Busy => Active.Count + Lingering.Count;

    public bool IsIdle => Busy == 0;

    /// <summary>Whether a call may not have reached the host yet: nothing has come back.</summary>
    public bool HasUnansweredCall => Active.Exists(static call => call.FirstTokenAt is null);

    /// <summary>Lower is faster; null before the first answer.</summary>
    public double? SecondsPerToken => _secondsPerToken.Value;

    /// <summary>Whether one more call of some kind may be sent to it.</summary>
    public bool MayHaveRoom(TimeSpan now) => IsOpen && host.HasRoom && Busy < Slots.Most(now) && !IsExpired(now);

    /// <summary>Whether the call may be sent to it.</summary>
    public bool HasRoom(CallTicket call, TimeSpan now) =>
        IsOpen && host.HasRoom && Busy < Slots.For(call, now) && !IsExpired(now);

    /// <summary>Whether Ollama has probably unloaded it by now.</summary>
    public bool IsExpired(TimeSpan now) => Active.Count == 0 && ExpiresAt is { } at && at <= now;

    public void Learn(CallEnd end)
    {
        if (end.CompletionTokens > 0)
        {
            _secondsPerToken.Add(end.EvalSeconds / end.CompletionTokens);
        }
    }

    /// <summary>The part of the load that lies after a time.</summary>
    public TimeSpan LoadingSince(TimeSpan since)
    {
        var from = LoadStartedAt > since ? LoadStartedAt : since;
        return LoadedAt > from ? LoadedAt - from : TimeSpan.Zero;
    }

    /// <summary>A call is sent to it.</summary>
    public void Begin(CallTicket call, TimeSpan now)
    {
        Slots.NoteGrant(call, Busy);
        Add(call, now);
    }

    /// <summary>A call runs on it that another scheduler has granted.</summary>
    /// <param name="provesSlots">Whether all adopted calls together were within the slots that were known then.</param>
    public void Adopt(CallTicket call, TimeSpan now, bool provesSlots)
    {
        Add(call, now);
        if (provesSlots)
        {
            Slots.NoteProven(Active.Count(static one => !one.WasTrial));
        }
    }

    /// <summary>A call has ended.</summary>
    /// <param name="lingersUntil">Until when it keeps its slot all the same; null = it does not.</param>
    public void End(CallTicket call, TimeSpan now, TimeSpan? lingersUntil)
    {
        Active.Remove(call);
        host.Running--;
        LastUsed = now;
        Slots.NoteEnd();
        if (lingersUntil is { } until)
        {
            Lingering.Add(until);
        }

        foreach (var other in Active)
        {
            if (other.Trial is { } trial && other.FirstTokenAt is null)
            {
                trial.OtherEndedAt = now;
            }
        }
    }

    /// <summary>Seconds until its calls will probably have ended.</summary>
    public double DrainSeconds(TimeSpan now)
    {
        var most = 0.0;
        foreach (var call in Active)
        {
            most = Math.Max(most, call.Cost - (now - call.GrantedAt).TotalSeconds);
        }

        foreach (var until in Lingering)
        {
            most = Math.Max(most, (until - now).TotalSeconds);
        }

        return most;
    }

    private void Add(CallTicket call, TimeSpan now)
    {
        Active.Add(call);
        host.Running++;
        LastUsed = now;
        ExpiresAt = null;
    }
}
