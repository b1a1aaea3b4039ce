using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Accounts;

/// <summary>Measures each call that has a slot; see <see cref="MeteredCalls"/>.</summary>
internal sealed class MeteredHosts(IHostCalls hosts, UsageMeter meter) : IHostCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, string host, CancellationToken cancellationToken) =>
        call.Endpoint.Operation() is { } operation
            ? new MeteredCall(meter, call, operation, host).FollowAsync(hosts.StartAsync(call, host, cancellationToken))
            : hosts.StartAsync(call, host, cancellationToken);
}
