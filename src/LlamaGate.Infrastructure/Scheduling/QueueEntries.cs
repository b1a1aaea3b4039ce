using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>The calls of a scheduler, for those who look at the queue.</summary>
internal static class QueueEntries
{
    public static IScheduledCall Scheduled(this CallTicket ticket) => (IScheduledCall)ticket.Spec.Tag!; // Each call has one.

    /// <summary>The calls of a key, those that run first, then in the order in which they will probably be sent.</summary>
    public static IReadOnlyList<QueueEntry> List(this SchedulerEngine engine, string keyId) => engine.Do(keyId, static (core, now, id) => core.Calls
        .Where(call => call.Spec.Principal.KeyId == id)
        .Select(call => ToEntry(call.Scheduled(), core.Describe(now, call)))
        .OrderBy(entry => entry.State is QueueState.Running ? 0 : entry.Position)
        .ToArray());

    public static QueueEntry ToEntry(IScheduledCall call, CallFigures place)
    {
        var ticket = call.Ticket;
        var state = ticket.State is CallState.Running ? QueueState.Running
            : place.LoadingAt is not null ? QueueState.Loading
            : QueueState.Waiting;
        return new QueueEntry($"c{ticket.Id}", call.Model, state)
        {
            Position = place.Position,
            Eta = place.Eta,
            Waited = place.Waited,
            Host = ticket.Host ?? place.LoadingAt,
            RequestId = call.RequestId,
        };
    }
}
