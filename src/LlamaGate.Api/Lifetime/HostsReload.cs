using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Configuration.Hosts;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Puts a changed HOSTS_FILE in force, whole or not at all. One that cannot be used changes nothing and is reported once. Requests that
/// run keep the host that they have.
/// </summary>
internal sealed partial class HostsReload : IHostedService, IWatchedFile, IConfigurationFileState, IDisposable
{
    private readonly CurrentHosts _hosts;
    private readonly HostsFileReading _first;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<HostsReload> _logger;
    private readonly FileWatch<HostsFileReading> _watch;
    private volatile State _state;

    /// <param name="hosts">With a HOSTS_FILE.</param>
    /// <param name="timeProvider">Measures the interval of the looks.</param>
    public HostsReload(CurrentHosts hosts, TimeProvider timeProvider, ILogger<HostsReload> logger)
    {
        _hosts = hosts;
        _first = hosts.Reading ?? throw new InvalidOperationException("HOSTS_FILE is not set.");
        _timeProvider = timeProvider;
        _logger = logger;
        _state = new State(hosts.Hosts.Count, timeProvider.GetUtcNow(), Fault: null);
        _watch = new FileWatch<HostsFileReading>(_first, () => HostsFile.Read(_first.Path, timeProvider.GetUtcNow()), Take, timeProvider);
    }

    public string Name => "hosts";

    public int Count => _state.Count;

    public DateTimeOffset LoadedAt => _state.LoadedAt;

    public string? Fault => _state.Fault;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogInForce(_first.Path, _hosts.Hosts.Count);
        _watch.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Look() => _watch.Look();

    public void Dispose() => _watch.Dispose();

    private void Take(HostsFileReading reading)
    {
        if (reading.Content is { } content)
        {
            _hosts.Replace(content);
            _state = new State(content.Hosts.Count, _timeProvider.GetUtcNow(), Fault: null);
            LogReplaced(reading.Path, content.Hosts.Count);
            return;
        }

        var faults = string.Join("; ", reading.Faults);
        _state = _state with { Fault = faults };
        LogKept(reading.Path, faults);
    }

    /// <summary>Replaced together, so that nobody sees half of a change.</summary>
    private sealed record State(int Count, DateTimeOffset LoadedAt, string? Fault);

    [LoggerMessage(EventId = 60, EventName = "HostsInForce", Level = LogLevel.Information,
        Message = "HOSTS_FILE {File}: {Hosts} hosts")]
    private partial void LogInForce(string file, int hosts);

    [LoggerMessage(EventId = 61, EventName = "HostsReplaced", Level = LogLevel.Information,
        Message = "HOSTS_FILE {File} changed and is in force: {Hosts} hosts")]
    private partial void LogReplaced(string file, int hosts);

    [LoggerMessage(EventId = 62, EventName = "HostsKept", Level = LogLevel.Error,
        Message = "HOSTS_FILE {File} changed and cannot be used; the old hosts stay in force: {Faults}")]
    private partial void LogKept(string file, string faults);
}
