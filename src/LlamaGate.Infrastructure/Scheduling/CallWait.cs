using System.Runtime.InteropServices;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>The wait of a call over all its attempts: the caller sees all of it, and each attempt counts its own part.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CallWait
{
    /// <summary>The part of the scheduler's count that earlier attempts have counted; negative = the scheduler's count lacks that much.</summary>
    private TimeSpan _counted;

    /// <summary>Until the call came back from the last host that failed.</summary>
    public TimeSpan Earlier { get; private set; }

    /// <summary>The part at hosts that failed.</summary>
    public TimeSpan Failed { get; private set; }

    /// <param name="queued">The time in the queue, as the scheduler counts it.</param>
    public readonly TimeSpan Total(TimeSpan queued) => Earlier + queued - _counted;

    /// <summary>A host has failed: the call waits again.</summary>
    /// <param name="queued">As in <see cref="Total"/>.</param>
    /// <param name="held">Since the call was sent to the host.</param>
    public void NoteFailure(TimeSpan queued, TimeSpan held) =>
        (Earlier, Failed, _counted) = (Total(queued) + held, Failed + held, queued);

    /// <summary>The call arrives anew: the scheduler counts from zero again.</summary>
    /// <param name="waited">Since it began to wait last.</param>
    public void NoteNewArrival(TimeSpan waited) => _counted = (_counted < TimeSpan.Zero ? _counted : TimeSpan.Zero) - waited;
}
