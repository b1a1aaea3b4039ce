using LlamaGate.Api.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace LlamaGate.Api.Logging;

/// <summary>
/// Serilog behind the framework's loggers, writing to stdout and LOG_FILE on a thread of its own. When the writers
/// cannot keep up, lines are dropped and not requests delayed.
/// </summary>
internal static class LoggingSetup
{
    private const int BufferedLines = 10_000;

    public static IServiceCollection AddGatewayLogging(this IServiceCollection services)
    {
        services.AddSingleton(_ => LogOutput.Stdout());
        // Made and disposed, which means flushed, by the container.
        services.AddSingleton(provider => Create(
            provider.GetRequiredService<GatewaySettings>(), provider.GetRequiredService<LogOutput>()));
        services.AddSingleton<ILoggerFactory>(provider =>
            new SerilogLoggerFactory(provider.GetRequiredService<Logger>(), dispose: false));
        return services.AddLogging();
    }

    public static Logger Create(GatewaySettings settings, LogOutput output) => new LoggerConfiguration()
        .MinimumLevel.Warning()
        .MinimumLevel.Override("LlamaGate", settings.Debug ? LogEventLevel.Debug : LogEventLevel.Information)
        .Filter.ByExcluding(IsFailedStart)
        .Enrich.FromLogContext()
        .WriteTo.Async(
            writers =>
            {
                writers.Sink(new TextWriterSink(output.Writer, LogLine.Formatter()));
                if (settings.LogFile.Length > 0)
                {
                    writers.Sink(new ReopeningFileSink(settings.LogFile, LogLine.Formatter(), TimeProvider.System));
                }
            },
            bufferSize: BufferedLines,
            blockWhenFull: false)
        .CreateLogger();

    /// <summary>The process reports it itself, in one line on stderr.</summary>
    private static bool IsFailedStart(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue("EventId", out var id) && id is StructureValue { Properties: var parts }
        && parts.Any(part => part is { Name: "Name", Value: ScalarValue { Value: "HostedServiceStartupFaulted" } });
}
