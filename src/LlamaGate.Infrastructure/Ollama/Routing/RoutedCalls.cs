using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>
/// Sends each call to one of several hosts, and to the next best one when it fails before its first byte. It never sends a call again
/// once an answer has begun.
/// </summary>
internal sealed partial class RoutedCalls(
    OllamaHosts hosts, HostRouter router, TimeProvider timeProvider, ILogger<RoutedCalls> logger) : IUpstreamCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        hosts.NoteUse();
        return call.Endpoint switch
        {
            UpstreamEndpoint.Chat or UpstreamEndpoint.Generate or UpstreamEndpoint.Embed or UpstreamEndpoint.Embeddings
                or UpstreamEndpoint.Show => RouteAsync(call, cancellationToken),
            _ => SendAsync(call, FixedHost(call), cancellationToken),
        };
    }

    private async Task<IUpstreamAnswer> RouteAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var failed = new List<SharedHost>();
        var mayRepeat = true;
        GatewayException? last = null;
        for (var attempt = 1; ; attempt++)
        {
            var lease = router.Take(call, failed);
            if (lease is null && last is not null && mayRepeat && OllamaErrors.MaySucceedAtOnce(last))
            {
                // There is no other host, so the last one gets the second chance that a single host has.
                mayRepeat = false;
                failed.RemoveAt(failed.Count - 1);
                lease = router.Take(call, failed);
            }

            if (lease is null)
            {
                throw last ?? router.Refusal(call.Model);
            }

            try
            {
                return await StartAsync(call, lease, started, cancellationToken);
            }
            catch (GatewayException failure) when (
                attempt < Failover.MaxAttempts
                && Failover.Helps(failure, lease.LacksModel)
                && !cancellationToken.IsCancellationRequested)
            {
                failed.Add(lease.Host);
                last = failure;
                LogFailedOver(call.Endpoint, call.Context.RequestId, lease.Host.Name, failure.Error);
            }
        }
    }

    private async Task<IUpstreamAnswer> SendAsync(UpstreamCall call, ProbedHost probed, CancellationToken cancellationToken)
    {
        // Such a call may have changed the models.
        Action? ended = call.Endpoint.ChangesModels() ? probed.Probe.RequestTags : null;
        var lease = HostRouter.Take(probed, ended) ?? throw hosts.NoHost();
        return await StartAsync(call, lease, timeProvider.GetTimestamp(), cancellationToken);
    }

    private async Task<IUpstreamAnswer> StartAsync(
        UpstreamCall call, HostLease lease, long started, CancellationToken cancellationToken)
    {
        try
        {
            call.Context.Observer?.OnRouted(new UpstreamRoute(lease.Host.Name, timeProvider.GetElapsedTime(started)));
            return new HostedAnswer(await lease.Host.Calls.StartAsync(call, cancellationToken), lease);
        }
        catch (Exception exception)
        {
            lease.Dispose();
            if (exception is GatewayException failure)
            {
                lease.Probed.Probe.NoteFailure(failure);
            }

            throw;
        }
    }

    /// <summary>The host of a call that concerns a server and not a model: the one that the caller names, or the first that is up.</summary>
    private ProbedHost FixedHost(UpstreamCall call)
    {
        if (call.Context.Host is not { } name)
        {
            return hosts.Live is [var first, ..] ? first : throw hosts.NoHost();
        }

        var named = hosts.Find(name) ?? throw new GatewayException(
            GatewayError.InvalidRequest,
            $"X-LlamaGate-Host names no host. The hosts are: {string.Join(", ", hosts.All.Select(probed => probed.Host.Name))}.");
        return named.Host.Health.IsUp ? named : throw hosts.NoHost($"The Ollama host {named.Host.Name} is down.");
    }

    [LoggerMessage(EventId = 2016, EventName = "CallFailedOver", Level = LogLevel.Information,
        Message = "A call of {Endpoint} for request {RequestId} failed at host {Host} before its first byte: {Error}")]
    private partial void LogFailedOver(UpstreamEndpoint endpoint, string? requestId, string host, GatewayError error);
}
