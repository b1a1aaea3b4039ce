using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>A call in the scheduler, as those see it who run the scheduler. It is the <see cref="CallSpec.Tag"/> of its ticket.</summary>
internal interface IScheduledCall
{
    /// <summary>Set as soon as the call has arrived.</summary>
    CallTicket Ticket { get; }

    /// <summary>The model's own name.</summary>
    string Model { get; }

    /// <summary>The X-Request-ID of the request that it serves.</summary>
    string? RequestId { get; }

    /// <summary>Whether a running call has not moved for this long.</summary>
    bool IsSilentFor(TimeSpan time);

    /// <summary>It has its slot. Must not wait and must not throw.</summary>
    void Grant();

    /// <summary>It gets no slot. Must not wait and must not throw.</summary>
    void Refuse(Refusal refusal);

    /// <summary>An administrator ends it, whether it waits or runs.</summary>
    void Break();
}
