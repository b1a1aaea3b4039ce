using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>What is logged about shared hosts.</summary>
internal sealed partial class HostLog(TimeProvider timeProvider, ILogger<HostLog> logger)
{
    /// <summary>A client beside the gateway is there all the time: once in this period is enough.</summary>
    private static readonly TimeSpan ForeignPeriod = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, long> _foreign = new(StringComparer.Ordinal);

    public void Up(SharedHost host) => LogUp(host.Name, host.Server.DisplayAddress);

    public void Down(SharedHost host, string fault) => LogDown(host.Name, host.Server.DisplayAddress, fault);

    public void Draining(SharedHost host) => LogDraining(host.Name);

    public void Resumed(SharedHost host) => LogResumed(host.Name);

    public void Differs(string model, string used, IEnumerable<string> others) => LogDiffers(model, used, string.Join(", ", others));

    public void Foreign(SharedHost host, string model)
    {
        var now = timeProvider.GetTimestamp();
        if (!_foreign.TryGetValue(host.Name, out var last) || timeProvider.GetElapsedTime(last, now) >= ForeignPeriod)
        {
            _foreign[host.Name] = now;
            LogForeign(host.Name, model);
        }
    }

    /// <param name="silence">Of all its calls.</param>
    public void Silent(string host, TimeSpan silence) => LogSilent(host, silence.TotalSeconds);

    public void Moves(string host) => LogMoves(host);

    /// <summary>The host is no longer in the list.</summary>
    public void Forget(SharedHost host) => _foreign.TryRemove(host.Name, out _);

    [LoggerMessage(EventId = 2010, EventName = "HostUp", Level = LogLevel.Information, Message = "Host {Host} is up: {Address}")]
    private partial void LogUp(string host, string address);

    [LoggerMessage(EventId = 2011, EventName = "HostDown", Level = LogLevel.Warning,
        Message = "Host {Host} ({Address}) is down: {Fault}. It gets no calls until it answers a probe")]
    private partial void LogDown(string host, string address, string fault);

    [LoggerMessage(EventId = 2012, EventName = "HostDraining", Level = LogLevel.Information,
        Message = "Host {Host} is draining: it gets no new calls")]
    private partial void LogDraining(string host);

    [LoggerMessage(EventId = 2013, EventName = "HostResumed", Level = LogLevel.Information,
        Message = "Host {Host} is no longer draining")]
    private partial void LogResumed(string host);

    [LoggerMessage(EventId = 2014, EventName = "ModelDiffers", Level = LogLevel.Warning,
        Message = "Model {Model} on {Others} differs from {Host}, which is first in the list: it is not used on {Others} until it is "
            + "pulled again there")]
    private partial void LogDiffers(string model, string host, string others);

    [LoggerMessage(EventId = 2015, EventName = "ForeignClient", Level = LogLevel.Warning,
        Message = "Another client uses this Ollama directly: host {Host}, model {Model}. The gateway can neither see nor schedule its calls")]
    private partial void LogForeign(string host, string model);

    [LoggerMessage(EventId = 2017, EventName = "HostSilent", Level = LogLevel.Warning,
        Message = "Host {Host} answers probes, but none of its calls has made progress for {Seconds:F0} s. It gets no further calls until one does")]
    private partial void LogSilent(string host, double seconds);

    [LoggerMessage(EventId = 2018, EventName = "HostMoves", Level = LogLevel.Information,
        Message = "Host {Host} gets calls again: its silent calls have continued or ended")]
    private partial void LogMoves(string host);
}
