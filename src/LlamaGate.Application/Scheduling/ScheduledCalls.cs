using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Scheduling;

/// <summary>
/// Lets each call that works on a model wait for its slot, and sends it to the host that has the slot. When the call fails there before its
/// first byte, it waits for another host. All other calls pass.
/// </summary>
internal sealed class ScheduledCalls(IUpstreamCalls others, IHostCalls hosts, IScheduler scheduler) : IUpstreamCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken) =>
        call.Endpoint.Operation() is not null ? ScheduleAsync(call, cancellationToken) : others.StartAsync(call, cancellationToken);

    private async Task<IUpstreamAnswer> ScheduleAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var lease = await scheduler.AcquireAsync(call, cancellationToken);
        if (lease is null)
        {
            return await others.StartAsync(call, cancellationToken);
        }

        try
        {
            return await SendAsync(call, lease, cancellationToken);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private async Task<IUpstreamAnswer> SendAsync(UpstreamCall call, ISlotLease lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var sent = call with { ContextLength = lease.ContextLength, Route = lease.Route, Break = lease.Break };
                var answer = await hosts.StartAsync(sent, lease.Host, cancellationToken);
                lease.NoteAnswer();
                return new LeasedAnswer(answer, lease);
            }
            catch (GatewayException failure) when (!cancellationToken.IsCancellationRequested)
            {
                if (!await lease.TryMoveAsync(failure, cancellationToken))
                {
                    throw;
                }
            }
        }
    }
}
