using Microsoft.Extensions.Hosting.Systemd;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Tells systemd (Type=notify) when the gateway listens and when it begins to drain. Without systemd, which is without
/// NOTIFY_SOCKET, it has nothing to say. The rest of the framework's integration stays out: its lifetime would take the
/// place of <see cref="SignalLifetime"/>, its log format that of our lines.
/// </summary>
internal sealed class ServiceNotices(ISystemdNotifier systemd, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Started comes after the listener is bound, stopping with the first signal, before the drain waits.
        lifetime.ApplicationStarted.Register(() => systemd.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
