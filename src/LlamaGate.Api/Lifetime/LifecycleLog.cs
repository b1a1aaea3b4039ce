using System.Net;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LlamaGate.Api.Lifetime;

/// <summary>Logs at start and stop the facts that a user at the terminal needs, or an operator after an incident.</summary>
internal sealed partial class LifecycleLog(
    IServer server, LoadedConfiguration configuration, CurrentHosts hosts, Drain drain, ILogger<LifecycleLog> logger, InheritedSockets? sockets = null)
    : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var settings = configuration.Settings;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var listening = string.Join(", ", addresses);
        var swagger = SwaggerAddress(settings, addresses);
        var features = (
            Authentication: OnOff(settings.AuthenticationEnabled),
            Cache: settings.KeepsAnswers ? CacheWord(settings.CacheMode) : "off",
            LogFile: settings.LogFile is "" ? "off" : settings.LogFile,
            ContextOverflow: settings.ContextOverflow is ContextOverflow.Error ? "error" : "truncate");
        var upstream = string.Join(", ", hosts.Hosts);
        LogListening(listening, upstream);
        LogSwagger(swagger);
        if (sockets is not null)
        {
            LogInherited();
        }

        LogFeatures(
            features.Authentication, settings.RateLimitRps, features.Cache, features.LogFile, features.ContextOverflow);
        LogSettings(configuration.File ?? "no .env file");
        foreach (var warning in configuration.Warnings)
        {
            LogSuspect(warning);
        }

        if (!settings.AuthenticationEnabled && !IPAddress.IsLoopback(settings.ListenAddress))
        {
            LogOpen(settings.ListenAddress);
        }

        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (drain.Deadline.IsCancellationRequested)
        {
            LogForced(drain.Running);
        }
        else
        {
            LogDrained();
        }

        LogStopped();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string CacheWord(CacheMode mode) => mode is CacheMode.All ? "on" : VariableText.Of(mode);

    private static string OnOff(bool on) => on ? "on" : "off";

    /// <summary>An address that a browser on this machine can open, whatever the listen address.</summary>
    private static Uri SwaggerAddress(GatewaySettings settings, IEnumerable<string> addresses)
    {
        var port = addresses.Select(address => BindingAddress.Parse(address).Port).FirstOrDefault(settings.Port);
        return GatewayAddress.Resolve(GatewayAddress.Local(settings with { Port = port }), "/swagger");
    }

    [LoggerMessage(EventId = 1, EventName = "Listening", Level = LogLevel.Information,
        Message = "LlamaGate listens on {Addresses} in front of Ollama at {Upstream}")]
    private partial void LogListening(string addresses, string upstream);

    [LoggerMessage(EventId = 2, EventName = "Features", Level = LogLevel.Information,
        Message = "Authentication {Authentication}, rate limit {RateLimitRps}/s, cache {Cache}, log file {LogFile}, "
            + "context overflow {ContextOverflow}")]
    private partial void LogFeatures(
        string authentication, decimal rateLimitRps, string cache, string logFile, string contextOverflow);

    [LoggerMessage(EventId = 3, EventName = "OpenToAll", Level = LogLevel.Warning,
        Message = "LISTEN_ADDRESS {ListenAddress} is open to other machines and API_KEY is empty: anyone can use the gateway")]
    private partial void LogOpen(IPAddress listenAddress);

    [LoggerMessage(EventId = 4, EventName = "Drained", Level = LogLevel.Information,
        Message = "All requests have ended")]
    private partial void LogDrained();

    [LoggerMessage(EventId = 5, EventName = "DrainForced", Level = LogLevel.Warning,
        Message = "SHUTDOWN_TIMEOUT ended the last requests; {Running} did not end")]
    private partial void LogForced(int running);

    [LoggerMessage(EventId = 6, EventName = "Stopped", Level = LogLevel.Information,
        Message = "LlamaGate has stopped")]
    private partial void LogStopped();

    [LoggerMessage(EventId = 7, EventName = "SettingsRead", Level = LogLevel.Information,
        Message = "Settings: the environment, then {File}, then the defaults")]
    private partial void LogSettings(string file);

    [LoggerMessage(EventId = 8, EventName = "Swagger", Level = LogLevel.Information,
        Message = "Swagger UI: {SwaggerUrl}")]
    private partial void LogSwagger(Uri swaggerUrl);

    [LoggerMessage(EventId = 10, EventName = "PortInherited", Level = LogLevel.Information,
        Message = "systemd opened the port (llamagate.socket): LISTEN_ADDRESS and PORT are not used")]
    private partial void LogInherited();

    [LoggerMessage(EventId = 9, EventName = "SettingSuspect", Level = LogLevel.Warning, Message = "{Complaint}")]
    private partial void LogSuspect(string complaint);
}
