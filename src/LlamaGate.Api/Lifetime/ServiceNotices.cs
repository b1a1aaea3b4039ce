using Microsoft.Extensions.Hosting.Systemd;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Notifies systemd (Type=notify) when the gateway listens and when it begins to drain. Without systemd, that is, without
/// NOTIFY_SOCKET, it does nothing. The rest of the framework's integration is not used: its lifetime would replace
/// <see cref="SignalLifetime"/>, and its log format ours.
/// </summary>
internal sealed class ServiceNotices(ISystemdNotifier systemd, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Started fires after the listener is bound; stopping fires at the first signal, before the drain waits.
        lifetime.ApplicationStarted.Register(() => systemd.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
