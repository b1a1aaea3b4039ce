using System.Net;
using LlamaGate.Api.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LlamaGate.Api.Lifetime;

/// <summary>Says at start and stop what a person at the terminal, or after an incident, wants to know.</summary>
internal sealed partial class LifecycleLog(
    IServer server, GatewaySettings settings, Drain drain, ILogger<LifecycleLog> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        var features = (
            Authentication: OnOff(settings.AuthenticationEnabled),
            Cache: OnOff(settings.CacheEnabled),
            LogFile: settings.LogFile is "" ? "off" : settings.LogFile,
            ContextOverflow: settings.ContextOverflow is ContextOverflow.Error ? "error" : "truncate");
        LogListening(addresses, settings.RedactedOllamaHost);
        LogFeatures(
            features.Authentication, settings.RateLimitRps, features.Cache, features.LogFile, features.ContextOverflow);
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

    private static string OnOff(bool on) => on ? "on" : "off";

    [LoggerMessage(EventId = 1, EventName = "Listening", Level = LogLevel.Information,
        Message = "LlamaGate listens on {Addresses} in front of Ollama at {Upstream}")]
    private partial void LogListening(string addresses, string upstream);

    [LoggerMessage(EventId = 2, EventName = "Features", Level = LogLevel.Information,
        Message = "Authentication {Authentication}, rate limit {RateLimitRps}/s, cache {Cache}, log file {LogFile}, "
            + "context overflow {ContextOverflow}")]
    private partial void LogFeatures(
        string authentication, decimal rateLimitRps, string cache, string logFile, string contextOverflow);

    [LoggerMessage(EventId = 3, EventName = "OpenToAll", Level = LogLevel.Warning,
        Message = "LISTEN_ADDRESS {ListenAddress} is open to other machines and API_KEY is empty: anyone can use it")]
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
}
