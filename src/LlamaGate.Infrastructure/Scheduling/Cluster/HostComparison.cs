using System.Globalization;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>
/// Compares this gateway's hosts with those of the gateway that holds the scheduler, and warns when they have differed for a while: a call
/// that is granted a host which its gateway does not know cannot be sent. <see cref="Note"/> is not thread-safe.
/// </summary>
internal sealed partial class HostComparison(TimeProvider timeProvider, ILogger<HostComparison> logger)
{
    /// <summary>For less time they may differ: a changed HOSTS_FILE does not take effect in all gateways at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private long? _since;
    private volatile string? _difference;

    /// <summary>How the hosts have differed for longer than <see cref="Patience"/>; null when they do not. Thread-safe.</summary>
    public string? Difference => _difference;

    /// <summary>A host and its limits as gateways describe them to each other, without credentials.</summary>
    public static string Describe(OllamaHostOptions host)
    {
        var limits = host.Limits;
        string?[] words =
        [
            limits.LearnsSlots ? "slots auto" : Word("slots", limits.Slots),
            Word("max_running", limits.MaxRunning),
            Word("max_loaded", limits.MaxLoaded),
            limits.Pinned.Count > 0 ? $"pinned {string.Join(' ', limits.Pinned.Order(StringComparer.Ordinal))}" : null,
        ];
        var said = string.Join(", ", words.OfType<string>());
        return $"{host.Name}={host.DisplayAddress}" + (said.Length > 0 ? $" ({said})" : "");
    }

    /// <param name="own">This gateway's hosts.</param>
    /// <param name="scheduler">Those of the gateway that holds the scheduler; none when that is an older version, which does not send them.</param>
    public void Note(IReadOnlyCollection<string> own, IReadOnlyCollection<string> scheduler)
    {
        string[] here = [.. own.Except(scheduler, StringComparer.OrdinalIgnoreCase)];
        string[] there = [.. scheduler.Except(own, StringComparer.OrdinalIgnoreCase)];
        if (scheduler.Count == 0 || here.Length + there.Length == 0)
        {
            (_since, _difference) = (null, null);
            return;
        }

        _since ??= timeProvider.GetTimestamp();
        if (timeProvider.GetElapsedTime(_since.Value) < Patience)
        {
            return;
        }

        var isNew = _difference is null;
        _difference = $"Only here: {List(here)}; only there: {List(there)}";
        if (isNew)
        {
            LogDiffers(_difference);
        }
    }

    private static string? Word(string name, int? value) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{name} {number}") : null;

    private static string List(string[] hosts) => hosts is [] ? "none" : string.Join(", ", hosts);

    [LoggerMessage(EventId = 2083, EventName = "HostsDiffer", Level = LogLevel.Warning,
        Message = "This gateway and the one that holds the scheduler have different hosts. {Difference}. Give all gateways the same OLLAMA_HOST or HOSTS_FILE")]
    private partial void LogDiffers(string difference);
}
