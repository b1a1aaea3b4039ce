using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Telemetry;

/// <summary>What of OpenTelemetry is needed. Nothing of it is set up for what is not.</summary>
/// <param name="ServesMetrics">GET /metrics.</param>
/// <param name="SendsMetrics">Metrics by OTLP.</param>
/// <param name="SendsTraces">Traces by OTLP.</param>
internal sealed record TelemetryPlan(bool ServesMetrics, bool SendsMetrics, bool SendsTraces)
{
    private const string Otlp = "otlp";

    public bool HasMetrics => ServesMetrics || SendsMetrics;

    public static TelemetryPlan Of(GatewaySettings settings)
    {
        var variables = settings.OpenTelemetry;
        if (Get(variables, "OTEL_SDK_DISABLED").Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return new TelemetryPlan(false, false, false);
        }

        var (metrics, traces) = (Exporters(variables, "METRICS"), Exporters(variables, "TRACES"));
        return new TelemetryPlan(settings.ServesMetrics, metrics.Contains(Otlp), traces.Contains(Otlp));
    }

    /// <summary>OpenTelemetry's default is to send to this machine. Here nothing is sent until an endpoint or an exporter is named.</summary>
    private static List<string> Exporters(IReadOnlyDictionary<string, string> variables, string signal)
    {
        var named = Get(variables, $"OTEL_{signal}_EXPORTER")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => name.ToLowerInvariant()).ToList();
        var hasEndpoint = variables.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT") || variables.ContainsKey($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT");
        return named.Count > 0 ? named : hasEndpoint ? [Otlp] : [];
    }

    private static string Get(IReadOnlyDictionary<string, string> variables, string name) => variables.GetValueOrDefault(name, "").Trim();
}
