using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Scheduling.Contracts;
using MediatR;

namespace LlamaGate.Application.Scheduling;

/// <summary>The calls of the caller's key that wait for shared hosts or run there. There is nothing to validate.</summary>
public sealed record ListQueueQuery(RequestContext Context) : IRequest<QueuedCallList>;

internal sealed class ListQueueHandler(IUpstreamQueue queue) : IRequestHandler<ListQueueQuery, QueuedCallList>
{
    /// <summary>Enough for every call that a key may have waiting by default; the next ones to be sent come first.</summary>
    private const int MaxCalls = 1000;

    public async Task<QueuedCallList> Handle(ListQueueQuery request, CancellationToken cancellationToken)
    {
        var calls = await queue.ListAsync(request.Context.Caller.Id, cancellationToken) ?? [];
        return new QueuedCallList { Data = [.. calls.Take(MaxCalls).Select(ToCall)] };
    }

    private static QueuedCall ToCall(QueueEntry entry) => new()
    {
        Id = entry.Id,
        Model = entry.Model,
        State = entry.State is QueueState.Running ? QueuedCall.RunningState : QueuedCall.WaitingState,
        Position = entry.Position,
        Eta = entry.Eta is { } eta ? ToSeconds(eta) : null,
        Waited = ToSeconds(entry.Waited),
    };

    private static double ToSeconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
