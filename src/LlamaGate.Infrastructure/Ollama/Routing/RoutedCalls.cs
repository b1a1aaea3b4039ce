using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>
/// Sends calls to several hosts: to the one that the scheduler has chosen, or, for calls that need no slot, to the first one that may
/// answer, and to the next one when it fails before its first byte.
/// </summary>
internal sealed partial class RoutedCalls(OllamaHosts hosts, IHostEvents events, ILogger<RoutedCalls> logger) : IUpstreamCalls, IHostCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        hosts.NoteUse();
        return call.Endpoint is UpstreamEndpoint.Show || call.Endpoint.Operation() is not null
            ? RouteAsync(call, cancellationToken)
            : SendAsync(call, FixedHost(call), cancellationToken);
    }

    public async Task<IUpstreamAnswer> StartAsync(UpstreamCall call, string host, CancellationToken cancellationToken)
    {
        var lease = hosts.Find(host) is { } probed ? HostLease.Take(probed, call.Model) : null;
        return lease is not null
            ? await StartAsync(call, lease, cancellationToken)
            // It was removed in this moment, or only the gateway that schedules has it: another one may serve the call.
            : throw new GatewayException(GatewayError.UpstreamUnreachable, $"The Ollama host {host} was removed.")
            {
                IsUnsent = true,
                LogDetail = "removed",
            };
    }

    private async Task<IUpstreamAnswer> RouteAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var model = HostLease.KeyOf(call.Model ?? "");
        var failed = new List<SharedHost>();
        var mayRepeat = true;
        GatewayException? last = null;
        for (var attempt = 1; ; attempt++)
        {
            var lease = Take(model, failed);
            if (lease is null && last is not null && mayRepeat && OllamaErrors.MaySucceedAtOnce(last))
            {
                // There is no other host, so the last one gets the second chance that a single host has.
                mayRepeat = false;
                failed.RemoveAt(failed.Count - 1);
                lease = Take(model, failed);
            }

            if (lease is null)
            {
                throw last ?? hosts.NoHostFor(call.Model);
            }

            try
            {
                call.Context.Observer?.OnRouted(new UpstreamRoute(lease.Host.Name, TimeSpan.Zero));
                return await StartAsync(call, lease, cancellationToken);
            }
            catch (GatewayException failure) when (
                attempt < Failover.MaxAttempts
                && Failover.Helps(failure, lease.Host.Models is { } models && models.Find(model) is null)
                && !cancellationToken.IsCancellationRequested)
            {
                failed.Add(lease.Host);
                last = failure;
                events.OnFailedOver(lease.Host.Name);
                LogFailedOver(call.Endpoint, call.Context.RequestId, lease.Host.Name, failure.Error);
            }
            catch (GatewayException missing) when (missing.Error is GatewayError.ModelNotFound)
            {
                throw hosts.MayBeElsewhere(call.Model) ?? missing;
            }
        }
    }

    private HostLease? Take(string model, List<SharedHost> failed) =>
        HostChoice.Choose(hosts.All, model, failed) is { } chosen ? HostLease.Take(chosen) : null;

    private async Task<IUpstreamAnswer> SendAsync(UpstreamCall call, ProbedHost probed, CancellationToken cancellationToken)
    {
        // Such a call may have changed the models.
        Action? ended = call.Endpoint.ChangesModels() ? probed.Probe.RequestTags : null;
        var lease = HostLease.Take(probed, ended: ended) ?? throw hosts.NoHost();
        call.Context.Observer?.OnRouted(new UpstreamRoute(lease.Host.Name, TimeSpan.Zero));
        return await StartAsync(call, lease, cancellationToken);
    }

    private static async Task<IUpstreamAnswer> StartAsync(UpstreamCall call, HostLease lease, CancellationToken cancellationToken)
    {
        try
        {
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
        Message = "The call to {Endpoint} for request {RequestId} failed on host {Host} before its first byte: {Error}")]
    private partial void LogFailedOver(UpstreamEndpoint endpoint, string? requestId, string host, GatewayError error);
}
