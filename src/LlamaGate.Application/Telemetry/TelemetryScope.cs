using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LlamaGate.Application.Telemetry;

/// <summary>
/// The meter and the activity source of one gateway. Without a listener both do next to nothing, so that nothing else has to ask whether
/// metrics or traces are wanted.
/// </summary>
/// <param name="name">Differs from the default only in tests, where several gateways share a process.</param>
public sealed class TelemetryScope(string name = TelemetryNames.Scope) : IDisposable
{
    public string Name => name;

    public Meter Meter { get; } = new(name);

    public ActivitySource Activities { get; } = new(name);

    public void Dispose()
    {
        Meter.Dispose();
        Activities.Dispose();
    }
}
