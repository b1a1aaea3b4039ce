using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Files;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Puts a renewed CLUSTER_CERTIFICATE or CLUSTER_CA in force for new connections between gateways. Files that cannot be used change nothing
/// and are reported once.
/// </summary>
internal sealed partial class ClusterIdentityReload(
    CurrentClusterIdentity current, TimeProvider timeProvider, ILogger<ClusterIdentityReload> logger) : IHostedService, IWatchedFile, IDisposable
{
    private FileWatch<ClusterIdentityReading>? _watch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = new FileWatch<ClusterIdentityReading>(current.First, current.Read, Take, timeProvider);
        _watch.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Look() => _watch?.Look();

    public void Dispose() => _watch?.Dispose();

    private void Take(ClusterIdentityReading reading)
    {
        if (reading.Identity is { } identity)
        {
            current.Identity = identity;
            var notAfter = identity.Certificate.NotAfter.ToUniversalTime();
            LogReplaced(notAfter);
            return;
        }

        var faults = string.Join("; ", reading.Faults);
        LogKept(faults);
    }

    [LoggerMessage(EventId = 63, EventName = "ClusterCertificateReplaced", Level = LogLevel.Information,
        Message = "CLUSTER_CERTIFICATE and CLUSTER_CA were read again: valid until {NotAfter:yyyy-MM-dd}; new connections between gateways use them")]
    private partial void LogReplaced(DateTime notAfter);

    [LoggerMessage(EventId = 64, EventName = "ClusterCertificateKept", Level = LogLevel.Error,
        Message = "The files of CLUSTER_CERTIFICATE and CLUSTER_CA changed and cannot be used; the old ones stay in force: {Faults}")]
    private partial void LogKept(string faults);
}
