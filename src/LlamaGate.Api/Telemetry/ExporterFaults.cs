using System.Diagnostics.Tracing;
using System.Globalization;

namespace LlamaGate.Api.Telemetry;

/// <summary>
/// Logs that an exporter fails: OpenTelemetry itself says it only to listeners of its events. At most once a minute, since a collector that
/// is away fails each time.
/// </summary>
internal sealed partial class ExporterFaults(TelemetryPlan plan, TimeProvider timeProvider, ILogger<ExporterFaults> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private Listener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (plan.SendsMetrics || plan.SendsTraces)
        {
            _listener = new Listener(timeProvider, LogFailed);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not at the stop: what is left is sent after it.
    public void Dispose() => _listener?.Dispose();

    [LoggerMessage(EventId = 81, EventName = "ExportFailed", Level = LogLevel.Warning,
        Message = "Metrics or traces could not be sent by OTLP; requests are not affected. {Fault}")]
    private partial void LogFailed(string fault);

    private sealed class Listener(TimeProvider timeProvider, Action<string> log) : EventListener
    {
        private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
        private const int MaxLength = 300;

        // The base calls OnEventSourceCreated before these are set.
        private readonly TimeProvider? _timeProvider = timeProvider;
        private readonly Action<string>? _log = log;
        private readonly Lock _gate = new();
        private long? _loggedAt;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == Source)
            {
                EnableEvents(eventSource, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (_log is null || _timeProvider is null || _gate is null)
            {
                return;
            }

            lock (_gate)
            {
                if (_loggedAt is { } last && _timeProvider.GetElapsedTime(last) < Pause)
                {
                    return;
                }

                _loggedAt = _timeProvider.GetTimestamp();
            }

            _log(Describe(eventData));
        }

        /// <summary>The first line, without the stack that may follow it.</summary>
        private static string Describe(EventWrittenEventArgs data)
        {
            var text = string.Format(CultureInfo.InvariantCulture, data.Message ?? data.EventName ?? "", [.. data.Payload ?? []]);
            var end = text.IndexOfAny(['\r', '\n']);
            text = end < 0 ? text : text[..end];
            return text.Length <= MaxLength ? text : text[..MaxLength];
        }
    }
}
