namespace LlamaGate.Domain.Scheduling;

/// <summary>How many calls a runner works on at once: as configured, or learned by sending one more and seeing whether it waits inside Ollama.</summary>
/// <param name="configured">Null = learned.</param>
internal sealed class SlotLimit(int? configured)
{
    /// <summary>The most that can be learned.</summary>
    private const int Ceiling = 64;

    /// <summary>If this number of trials in a row waited, there is no further slot.</summary>
    private const int WaitsThatProve = 3;

    /// <summary>A first token so soon after the end of another call shows that it waited for that end.</summary>
    private static readonly TimeSpan AfterEnd = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    private int _learned = 1;
    private int _waits;
    private bool _mayTry;
    private bool _isTrying;
    private TimeSpan _settledUntil = TimeSpan.MinValue;

    /// <summary>Null = learned.</summary>
    public int? Configured => configured;

    /// <summary>Slots that are known.</summary>
    public int Known => configured ?? _learned;

    /// <summary>How many calls may run at once if the given one is the next.</summary>
    public int For(CallTicket call, TimeSpan now) => Known + (call.Spec.TeachesSlots && MayTry(now) ? 1 : 0);

    /// <summary>How many calls may run at once if one that may test a slot is the next.</summary>
    public int Most(TimeSpan now) => Known + (MayTry(now) ? 1 : 0);

    /// <summary>A call was granted while this number of others ran.</summary>
    public void NoteGrant(CallTicket call, int others)
    {
        if (configured is null && others >= _learned)
        {
            (_mayTry, _isTrying) = (false, true);
            call.Trial = new SlotTrial(this);
        }
    }

    /// <summary>This number of calls was granted by another scheduler, which knew more.</summary>
    public void NoteProven(int calls) => _learned = Math.Clamp(calls, _learned, Ceiling);

    /// <summary>A call has ended: one more may be tried.</summary>
    public void NoteEnd() => _mayTry = true;

    /// <summary>The verdict of a trial.</summary>
    /// <param name="sinceEnd">
    /// From the last end of a call that ran when the tried one was sent to the first token; null when none had ended.
    /// </param>
    public void NoteTrial(TimeSpan? sinceEnd, TimeSpan now)
    {
        _isTrying = false;
        if (sinceEnd is null)
        {
            (_learned, _waits) = (Math.Min(_learned + 1, Ceiling), 0);
        }
        else if (sinceEnd <= AfterEnd && ++_waits >= WaitsThatProve)
        {
            (_waits, _settledUntil) = (0, now + Settled);
        }
    }

    /// <summary>A trial ended without a token: it shows nothing.</summary>
    public void DropTrial() => _isTrying = false;

    private bool MayTry(TimeSpan now) => configured is null && _mayTry && !_isTrying && _learned < Ceiling && now >= _settledUntil;
}

/// <summary>The test of one more slot by a call.</summary>
internal sealed class SlotTrial(SlotLimit limit)
{
    /// <summary>When a call that ran already at the grant ended, last.</summary>
    public TimeSpan? OtherEndedAt { get; set; }

    public void Judge(TimeSpan firstTokenAt) => limit.NoteTrial(firstTokenAt - OtherEndedAt, firstTokenAt);

    public void Drop() => limit.DropTrial();
}
