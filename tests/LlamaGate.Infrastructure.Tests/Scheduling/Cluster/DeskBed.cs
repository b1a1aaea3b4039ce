using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Scheduling;
using LlamaGate.Infrastructure.Scheduling.Cluster;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>The scheduler of a cluster with one host "gpu1", and gateways that reach it without a network.</summary>
internal sealed class DeskBed : IDeskSurroundings, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly List<TestReplica> _replicas = [];
    private readonly SchedulerOptions _options;
    private SchedulerEngine _engine = null!;

    public DeskBed(SchedulerOptions? options = null)
    {
        _options = options ?? new SchedulerOptions { Slots = 1, QueueTimeout = TimeSpan.FromSeconds(60) };
        Begin();
    }

    public FakeTimeProvider Clock { get; } = new();

    public SchedulerDesk Desk { get; private set; } = null!;

    public List<string> DrainedHosts { get; } = [];

    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Ended { get; } = new(StringComparer.Ordinal);

    public List<string> Foreign { get; } = [];

    public int Waiting => _engine.Do(0, static (core, _, _) => core.Waiting);

    public int Running => _engine.Do(0, static (core, _, _) => core.Calls.Count(call => call.State is CallState.Running));

    /// <summary>Of the model's answers, as learned; null = nothing is.</summary>
    public double? SecondsPerToken =>
        _engine.Do(0, static (core, _, _) => core.ReadLearned()) is [var learned, ..] ? learned.EvalSecondsPerToken : null;

    public IReadOnlyList<string> Drained => [.. DrainedHosts];

    /// <summary>Those of the gateway that holds the scheduler.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = ["gpu1=gpu1"];

    public IReadOnlyCollection<string> Working => [.. Members.Except(Ended, StringComparer.Ordinal)];

    public bool HasEnded(string replica) => Ended.Contains(replica);

    public (string Key, ModelRule Rule) Resolve(CallMessage call) => (call.Key, ModelRule.None);

    public void NoteForeign(string host, string model, TimeSpan duration) => Foreign.Add($"{model} on {host}");

    /// <summary>A gateway that works, and has joined if it can.</summary>
    public async Task<TestReplica> AddAsync(string name)
    {
        Members.Add(name);
        var replica = await TestReplica.StartAsync(this, name, _options);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>The process that held the scheduler is gone, and another one holds a new one.</summary>
    public void Replace()
    {
        var before = (Desk, _engine);
        Begin();
        before.Desk.Dispose();
        before._engine.Dispose();
    }

    /// <summary>Lets time pass in steps. Gateways that are not cut off poll all the time meanwhile.</summary>
    public async Task PassAsync(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            Clock.Advance(left < Step ? left : Step);
            // One that has just been cut off, or tries again, needs time that passes.
            for (var turns = 0; turns < 10 || (turns < 2000 && _replicas.Exists(replica => replica is { IsCut: false, Polls: false })); turns++)
            {
                await TurnAsync();
            }
        }
    }

    /// <summary>What was queued before, on whatever thread, runs first: a turn that stays on its thread would be taken before it.</summary>
    public static Task TurnAsync() =>
        Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);

    /// <summary>Waits for what other threads do, in real time.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        _replicas.ForEach(replica => replica.Dispose());
        Desk.Dispose();
        _engine.Dispose();
    }

    private void Begin()
    {
        _engine = new SchedulerEngine(_options, Clock, CarryOut);
        _engine.Do((core, now) => core.SetHosts(now, [Report(now)], replaced: []));
        Desk = new SchedulerDesk(_engine, this, Clock);
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
        }
    }

    private static HostReport Report(TimeSpan now) => new("gpu1")
    {
        Models = new Dictionary<string, HostedModel>(StringComparer.Ordinal) { ["one"] = new("m", 1) },
        Runners = [new ReportedRunner("one")],
        RequestedAt = now,
    };
}
