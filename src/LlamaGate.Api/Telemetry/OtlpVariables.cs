using System.Globalization;
using OpenTelemetry.Exporter;

namespace LlamaGate.Api.Telemetry;

/// <summary>
/// The variables of OTLP for one signal, such as OTEL_EXPORTER_OTLP_TRACES_ENDPOINT. The SDK reads those for both by itself, and these only
/// for an exporter of all signals, logs included.
/// </summary>
internal static class OtlpVariables
{
    /// <param name="signal"><c>METRICS</c> or <c>TRACES</c>.</param>
    public static void Apply(OtlpExporterOptions options, IReadOnlyDictionary<string, string> variables, string signal)
    {
        string? Get(string name) => variables.GetValueOrDefault($"OTEL_EXPORTER_OTLP_{signal}_{name}")?.Trim();
        if (Uri.TryCreate(Get("ENDPOINT"), UriKind.Absolute, out var endpoint))
        {
            options.Endpoint = endpoint;
        }

        if (Get("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (int.TryParse(Get("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            options.TimeoutMilliseconds = milliseconds;
        }

        options.Protocol = Get("PROTOCOL") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => options.Protocol,
        };
    }
}
