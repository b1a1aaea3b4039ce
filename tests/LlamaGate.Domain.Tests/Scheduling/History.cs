using System.Text;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>A random history of events, the same for the same seed. After each event its decisions are checked.</summary>
internal sealed class History
{
    private static readonly string[] Models = ["a", "b", "c"];

    private readonly bool _keepsTrace;
    private readonly Random _random;
    private readonly World _world;
    private readonly SchedulerOptions _options;
    private ReferenceOrder _reference;
    private readonly List<CallTicket> _calls = [];
    private readonly StringBuilder _trace = new();
    private readonly string[] _hosts;

    /// <param name="keepsTrace">Whether the decisions are kept as text.</param>
    public History(int seed, bool keepsTrace = false)
    {
        _keepsTrace = keepsTrace;
        _random = new Random(seed);
        _hosts = _random.Next(3) > 0 ? ["gpu1"] : ["gpu1", "gpu2"];
        _options = new SchedulerOptions
        {
            Slots = _random.Next(4) is 0 ? null : _random.Next(1, 4),
            QueueMax = _random.Next(5) is 0 ? 5 : 1000,
            QueueTimeout = TimeSpan.FromSeconds(_random.Next(5, 300)),
            PriorityAging = TimeSpan.FromSeconds(_random.Next(1, 30)),
        };
        _world = new World(_options, [.. _hosts.Select(ToHost)]) { LoadsAtOnce = false };
        _world.Take();
        _reference = new ReferenceOrder(_options, _world.Scheduler);
        _world.AfterEvent = Check;
    }

    /// <summary>The decisions so far, one in a line.</summary>
    public string Trace => _trace.ToString();

    public void Play(int events)
    {
        for (var i = 0; i < events; i++)
        {
            Step();
        }
    }

    /// <summary>Another scheduler takes over; while it learns what there is, further events happen.</summary>
    public void HandOver(int eventsMeanwhile)
    {
        var lost = _world.Scheduler;
        // A call whose host has gone meanwhile fails, and is not announced.
        var known = lost.Calls.Where(call => call.IsWaiting || call.Runner!.Host.Runners.ContainsValue(call.Runner)).ToArray();
        var principals = lost.State.Principals.All.Select(state => (state.Principal, state.Counter)).ToArray();
        var virtualTime = lost.State.Order.VirtualTime;
        _calls.Clear();
        _world.Replace();
        _reference = new ReferenceOrder(_options, _world.Scheduler);
        foreach (var (principal, counter) in principals.OrderBy(_ => _random.Next()))
        {
            _world.Do(() => _world.Scheduler.Restore(_world.Now, principal, counter, virtualTime));
        }

        var waiting = known.Where(call => call.IsWaiting).ToHashSet();
        foreach (var call in known.OrderBy(_ => _random.Next()).ToArray())
        {
            var adopted = _world.Adopt(call);
            Assert.True(adopted.IsWaiting == waiting.Contains(call) && adopted.State is not CallState.Over, "A call was lost");
            _calls.Add(adopted);
        }

        Play(eventsMeanwhile);
        _world.Do(() => _world.Scheduler.EndRecovery(_world.Now));
        Assert.False(_world.Scheduler.IsRecovering);
        Assert.True(_world.Scheduler.State.Principals.All.All(state => state.Waiting == 0 || state.Counter >= virtualTime), "The virtual time fell");
    }

    private static string Describe(Decision decision) => decision switch
    {
        Grant grant => $"grant {grant.Call.Id} {grant.Call.Host} {grant.Call.Cost}",
        Refuse refuse => $"refuse {refuse.Call.Id} {refuse.Refusal.Reason} {refuse.Refusal.RetryAfter}",
        _ => decision.ToString(),
    };

    private void Check()
    {
        var decisions = _world.Take();
        if (_world.Scheduler.IsRecovering && decisions.Any(decision => decision is not Refuse))
        {
            Assert.Fail("Something was granted or loaded in recovery");
        }

        foreach (var decision in _keepsTrace ? decisions : [])
        {
            _trace.AppendLine(Describe(decision));
        }

        _reference.Check(_world.Now, decisions);
        Invariants.Check(_world);
    }

    private FakeHost ToHost(string name)
    {
        var host = new FakeHost(name, room: _random.Next(1, 3));
        host.Limits = _random.Next(4) switch
        {
            0 => new HostLimits { MaxLoaded = _random.Next(1, 3) },
            1 => new HostLimits { MaxLoaded = 1, Pinned = ["a"] },
            2 => new HostLimits { MaxRunning = _random.Next(1, 4) },
            _ => HostLimits.None,
        };
        return host;
    }

    private void Step()
    {
        _world.Move(_random.Next(4) is 0 ? _random.NextDouble() * 20 : _random.NextDouble());
        switch (_random.Next(17))
        {
            case < 6:
                Arrive();
                break;
            case 6 when Pick(call => call is { State: CallState.Running, FirstTokenAt: null }) is { } call:
                _world.FirstToken(call);
                break;
            case 7 when Pick(call => call.State is CallState.Running) is { } call:
                _world.Tokens(call, _random.Next(2000));
                break;
            case 8 or 9 or 10 when Pick(call => call.State is CallState.Running) is { } call:
                End(call);
                break;
            case 11 when Pick(call => call.State is not CallState.Over) is { } call:
                _world.Leave(call);
                break;
            case 12 when _world.Loads.Count > 0:
                _world.EndLoad(_world.Loads.Values.First(), succeeded: _random.Next(6) > 0);
                break;
            case 13 when _world.Unloads.Count > 0:
                _world.EndUnload(_world.Unloads[0]);
                break;
            case 14 when _random.Next(4) is 0:
                Report();
                break;
            case 15 when Pick(call => call is { State: CallState.Running, FirstTokenAt: null }) is { } call:
                _world.Return(call, mayStay: _random.Next(2) is 0);
                break;
            case 16 when _random.Next(2) is 0:
                Order();
                break;
            default:
                _world.Pass(_random.NextDouble() * 5);
                break;
        }
    }

    private void Arrive()
    {
        var name = $"p{_random.Next(4)}";
        var principal = new Principal(name, name)
        {
            Weight = name is "p3" ? 2 : 1,
            Priority = (KeyPriority)_random.Next(3),
            MaxRunning = name is "p2" ? 1 : null,
            MaxWaiting = name is "p1" ? 3 : 100,
        };
        _calls.Add(_world.Arrive(name, Models[_random.Next(Models.Length)], who: principal, with: spec => spec with
        {
            Priority = _random.Next(3) is 0 ? (KeyPriority)_random.Next(3) : null,
            TextBytes = _random.Next(4000),
            MaxTokens = _random.Next(2) is 0 ? _random.Next(1, 1000) : null,
            Prefix = _random.Next(3) is 0 ? _random.Next(2) : null,
            Context = _random.Next(6) is 0 ? _random.Next(1000, 40_000) : null,
            Rule = new ModelRule { MaxContext = 32_768 },
            BodyBytes = _random.Next(100_000),
            TeachesSlots = _random.Next(5) > 0,
            ArrivedAt = _random.Next(8) is 0 ? _world.Now - TimeSpan.FromSeconds(_random.Next(10)) : null,
        }));
    }

    private void End(CallTicket call)
    {
        var end = _random.Next(5) is 0
            ? CallEnd.WithoutLastLine
            : new CallEnd { PromptTokens = 100, CompletionTokens = _random.Next(500), PromptSeconds = 0.2, EvalSeconds = _random.NextDouble() * 9 };
        _world.End(call, end);
    }

    private void Order() => _world.Order(
        new HostOrder(_hosts[_random.Next(_hosts.Length)], Models[_random.Next(Models.Length)], Loads: _random.Next(2) is 0));

    private void Report()
    {
        var host = _world.Host(_hosts[_random.Next(_hosts.Length)]);
        if (!host.IsUp || _random.Next(3) is 0)
        {
            host.IsUp = !host.IsUp;
            host.Loaded.Clear();
            _world.Forget(host.Name);
        }
        else
        {
            host.IsDraining = !host.IsDraining && _random.Next(3) is 0;
        }

        _world.Report(host.Name);
    }

    private CallTicket? Pick(Func<CallTicket, bool> condition)
    {
        _calls.RemoveAll(call => call.State is CallState.Over);
        var found = _calls.Where(condition).ToArray();
        return found.Length == 0 ? null : found[_random.Next(found.Length)];
    }
}
