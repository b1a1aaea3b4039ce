using LlamaGate.Domain.Health;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Runs the state machine with the hosts of this process: its probes report to it, and its loads are carried out here.</summary>
internal sealed class SharedScheduler : IDisposable
{
    private readonly OllamaOptions _options;
    private readonly OllamaHosts _hosts;
    private readonly HostLoads _loads;
    private readonly SharedBlobs _blobs;
    private readonly HostLog _log;
    private readonly LoadHistory _history;
    private readonly TimeProvider _timeProvider;
    private readonly HostSilence _silence;

    /// <summary>Guarded by the engine's lock.</summary>
    private IReadOnlyList<SharedHost> _known = [];

    /// <summary>The list's version when it was read. Guarded by the engine's lock.</summary>
    private long _version;

    /// <param name="loads">Those that this scheduler decides; disposed with it.</param>
    public SharedScheduler(
        SchedulerOptions scheduling, OllamaOptions options, OllamaHosts hosts, HostLoads loads, SharedBlobs blobs, HostLog log,
        LoadHistory history, TimeProvider timeProvider)
    {
        (_options, _hosts, _loads, _blobs, _log, _history, _timeProvider) = (options, hosts, loads, blobs, log, history, timeProvider);
        Models = new KnownModels(hosts, blobs, timeProvider);
        Engine = new SchedulerEngine(scheduling, timeProvider, CarryOut);
        _silence = new HostSilence(Engine, options.Timeout, log, timeProvider);
        _hosts.Observed += OnObserved;
        _hosts.Replaced += OnReplaced;
        TakeHosts();
    }

    public SchedulerEngine Engine { get; }

    public KnownModels Models { get; }

    /// <summary>A call reports a load although the gateway had loaded the model: a call that was not the gateway's has reloaded it.</summary>
    /// <param name="model">The model's own name.</param>
    /// <param name="duration">Of the load.</param>
    public void NoteForeign(string host, string model, TimeSpan duration)
    {
        if (_hosts.Find(host)?.Host is { } found)
        {
            found.Foreign = new ForeignUse(model, _timeProvider.GetUtcNow());
            _log.Foreign(found, model);
            _history.NoteForeign(found.Name, model, duration);
        }
    }

    /// <summary>Reads the list of hosts, and what is known about each.</summary>
    public void TakeHosts() => Engine.Do((core, now) =>
    {
        // Read within the lock: of two changes at the same time the last one counts.
        var wait = default(SpinWait);
        var (version, hosts, reports) = ReadHosts();
        while (IsChanging(version))
        {
            wait.SpinOnce();
            (version, hosts, reports) = ReadHosts();
        }

        var before = _known;
        (_known, _version) = ([.. hosts.Select(probed => probed.Host)], version);
        core.SetHosts(now, reports, [.. before.Except(_known).Select(host => host.Name)]);
    });

    public void Dispose()
    {
        _hosts.Observed -= OnObserved;
        _hosts.Replaced -= OnReplaced;
        _silence.Dispose();
        Engine.Dispose();
        _loads.Dispose();
    }

    private void CarryOut(Decision decision)
    {
        switch (decision)
        {
            case Grant grant:
                grant.Call.Scheduled().Grant();
                break;
            case Refuse refuse:
                refuse.Call.Scheduled().Refuse(refuse.Refusal);
                break;
            case StartLoad load:
                _ = LoadAsync(load);
                break;
            case StartUnload unload:
                _ = UnloadAsync(unload);
                break;
            case ReportStuckLoad stuck:
                _loads.NoteStuck(stuck, Models.NameOn(stuck.Host, stuck.Model));
                break;
        }
    }

    private async Task LoadAsync(StartLoad load)
    {
        var name = Models.NameOn(load.Host, load.Model);
        var entry = _history.Begin(load, NameOf);
        var result = await _loads.LoadAsync(load, name, _options.Hosts.FindRule(name));
        _history.End(entry, load, result, NameOf);
        Engine.Do((core, now) => core.EndLoad(now, load.Id, result.Failure is null, result.Runners, result.Failure));
        if (result.HasLearned)
        {
            TakeHosts();
        }

        string NameOf(string model) => Models.NameOn(load.Host, model);
    }

    private async Task UnloadAsync(StartUnload unload)
    {
        await _loads.UnloadAsync(unload, Models.NameOn(unload.Host, unload.Model));
        Engine.Do((core, now) => core.EndUnload(now, unload.Id, unload.Model));
    }

    private void OnObserved(object? sender, ObservedHost observed) => Engine.Do((core, now) =>
    {
        var report = HostReports.Of(observed.Host, isProbed: true, _blobs, Engine);
        // The last probe of a host that was removed says nothing about the one that has its name now. And a new list is taken in as a whole:
        // calls are not refused because one host has left and the next one is not there yet.
        if (_known.Contains(observed.Host) && !IsChanging(_version))
        {
            core.Report(now, report);
        }
    });

    private (long Version, IReadOnlyList<ProbedHost> Hosts, HostReport[] Reports) ReadHosts()
    {
        var (version, hosts) = (_hosts.Version, _hosts.All);
        return (version, hosts, [.. hosts.Select(
            probed => HostReports.Of(probed.Host, probed.Probe.First.IsCompleted, _blobs, Engine))]);
    }

    /// <summary>Whether the list of hosts has changed since it had this version, or changes now.</summary>
    private bool IsChanging(long version) => version % 2 != 0 || _hosts.Version != version;

    private void OnReplaced(object? sender, EventArgs args) => TakeHosts();
}
