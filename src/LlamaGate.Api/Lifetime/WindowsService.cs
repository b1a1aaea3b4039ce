using System.Runtime.Versioning;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Options;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// The lifetime of a Windows service: the service control manager starts and stops the gateway instead of signals, and both are
/// written to the event log. A stop drains as SIGTERM does, so the service requests that much time from the manager.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsService(
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    IOptions<HostOptions> host,
    IOptions<WindowsServiceLifetimeOptions> service)
    : WindowsServiceLifetime(environment, lifetime, loggers, host, service)
{
    /// <summary>The service's name, and the source of its entries in the event log.</summary>
    public const string Name = "LlamaGate";

    private readonly TimeSpan _maxDrain = host.Value.ShutdownTimeout;

    protected override void OnStop()
    {
        RequestAdditionalTime(_maxDrain);
        base.OnStop();
    }
}
