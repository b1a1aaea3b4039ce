using LlamaGate.Api.Configuration;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace LlamaGate.Api.Logging;

/// <summary>Serilog behind the framework's loggers, writing to stdout and LOG_FILE on its own thread.</summary>
internal static class LoggingSetup
{
    public static IServiceCollection AddGatewayLogging(this IServiceCollection services)
    {
        services.AddSingleton(_ => LogOutput.Stdout());
        // Created and disposed, that is, flushed, by the container.
        services.AddSingleton(provider => Create(
            provider.GetRequiredService<GatewaySettings>(), provider.GetRequiredService<LogOutput>()));
        services.AddSingleton<ILoggerProvider>(provider =>
            new SerilogLoggerProvider(provider.GetRequiredService<Logger>(), dispose: false));
        // Levels are Serilog's. No scopes: the framework opens one for each request and each action, and an open scope adds a
        // context to every asynchronous step; nothing reads them.
        services.Configure<LoggerFilterOptions>(options => (options.MinLevel, options.CaptureScopes) = (LogLevel.Trace, false));
        return services.AddLogging();
    }

    public static Logger Create(GatewaySettings settings, LogOutput output) => new LoggerConfiguration()
        .MinimumLevel.Warning()
        .MinimumLevel.Override("LlamaGate", settings.Debug ? LogEventLevel.Debug : LogEventLevel.Information)
        // A listener here would cause a scope and an activity for every request, which nobody reads: the request log has all of it.
        .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
        .Filter.ByExcluding(IsFailedStart)
        .Enrich.FromLogContext()
        .WriteTo.Targets(settings, output)
        .CreateLogger();

    /// <summary>LOG_FILE is for programs and always JSON; if stdout is JSON as well, a line is formatted once for both.</summary>
    private static LoggerConfiguration Targets(this LoggerSinkConfiguration to, GatewaySettings settings, LogOutput output)
    {
        var stdout = new WriterTarget(output.Writer);
        IReadOnlyList<ILineTarget> file = settings.LogFile.Length > 0 ? [new ReopeningFile(settings.LogFile)] : [];
        if (!IsText(settings, output))
        {
            return to.Sink(new BackgroundSink(new LogLine(), output.Gathering, [stdout, .. file]));
        }

        var configuration = to.Sink(new BackgroundSink(new TextLine(), output.Gathering, [stdout]));
        return file.Count == 0
            ? configuration
            : configuration.WriteTo.Sink(new BackgroundSink(new LogLine(), output.Gathering, file));
    }

    private static bool IsText(GatewaySettings settings, LogOutput output) => settings.LogFormat switch
    {
        LogFormat.Json => false,
        LogFormat.Text => true,
        _ => output.IsTerminal,
    };

    /// <summary>The process reports the error itself, in one line on stderr.</summary>
    private static bool IsFailedStart(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue("EventId", out var id) && id is StructureValue { Properties: var parts }
        && parts.Any(part => part is { Name: "Name", Value: ScalarValue { Value: "HostedServiceStartupFaulted" } });
}
