using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LlamaGate.Api.Telemetry;

/// <summary>Sends what is left of metrics and traces when the gateway has stopped.</summary>
internal static class TelemetryEnd
{
    /// <summary>The SDK would wait for five seconds for each of them, one after the other, and for a collector that does not answer longer.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    public static Task SendRestAsync(IServiceProvider services)
    {
        var (metrics, traces) = (services.GetService<MeterProvider>(), services.GetService<TracerProvider>());
        var milliseconds = (int)MaxWait.TotalMilliseconds;
        // They block, each on its own exporter.
        return Task.WhenAll(Task.Run(() => metrics?.Shutdown(milliseconds)), Task.Run(() => traces?.Shutdown(milliseconds)));
    }
}
