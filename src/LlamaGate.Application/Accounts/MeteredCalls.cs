using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Accounts;

/// <summary>
/// Measures each call that works on a model. It stands below the queue, so that a call that is sent to a second host counts twice, and
/// above the sender, whose own second attempt belongs to the same call.
/// </summary>
/// <param name="host">The host of all calls; null when the sender names it to the observer.</param>
internal sealed class MeteredCalls(IUpstreamCalls calls, UsageMeter meter, string? host) : IUpstreamCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        if (call.Endpoint.Operation() is not { } operation)
        {
            return calls.StartAsync(call, cancellationToken);
        }

        var metered = new MeteredCall(meter, call, operation, host);
        var sent = host is null ? call with { Context = call.Context with { Observer = metered } } : call;
        return metered.FollowAsync(calls.StartAsync(sent, cancellationToken));
    }
}
