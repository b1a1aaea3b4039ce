using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>A scheduler with hosts that do what it decides. Times are seconds.</summary>
internal sealed class World
{
    private readonly List<Decision> _log = [];
    private readonly Dictionary<string, FakeHost> _hosts = [];
    private readonly SchedulerOptions _options;

    public World(SchedulerOptions? options = null, params FakeHost[] hosts)
    {
        _options = options ?? new SchedulerOptions { Slots = 1 };
        Scheduler = new Scheduler(_options);
        foreach (var host in hosts.Length > 0 ? hosts : [new FakeHost("gpu1")])
        {
            _hosts[host.Name] = host;
        }

        Scheduler.SetHosts(Now, [.. _hosts.Values.Select(host => host.ToReport(Now))], replaced: []);
        CarryOut();
    }

    public Scheduler Scheduler { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>Whether loads and unloads end as soon as they are decided.</summary>
    public bool LoadsAtOnce { get; init; } = true;

    /// <summary>Called after each event of the scheduler's.</summary>
    public Action AfterEvent { get; set; } = static () => { };

    public Dictionary<long, StartLoad> Loads { get; } = [];

    public List<StartUnload> Unloads { get; } = [];

    public List<StartLoad> AllLoads { get; } = [];

    public List<CallTicket> Granted { get; } = [];

    public Dictionary<CallTicket, Refusal> Refused { get; } = [];

    public FakeHost Host(string name) => _hosts[name];

    /// <summary>What was decided since the last time.</summary>
    public IReadOnlyList<Decision> Take()
    {
        var taken = _log.ToArray();
        _log.Clear();
        return taken;
    }

    public CallTicket Arrive(string principal, string model = "a", Func<CallSpec, CallSpec>? with = null, Principal? who = null)
    {
        var spec = new CallSpec(who ?? new Principal(principal, principal), model);
        var call = Scheduler.Arrive(Now, with?.Invoke(spec) ?? spec);
        CarryOut();
        return call;
    }

    /// <summary>Lets time pass, with the ticks that the scheduler asks for.</summary>
    public void Pass(double seconds)
    {
        var until = Now + TimeSpan.FromSeconds(seconds);
        while (Scheduler.NextTick is { } next && next <= until)
        {
            Now = next > Now ? next : Now;
            Scheduler.Tick(Now);
            CarryOut();
        }

        Now = until;
        Scheduler.Tick(Now);
        CarryOut();
    }

    /// <summary>Moves the clock without a tick, as between two events.</summary>
    public void Move(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public void FirstToken(CallTicket call) => Do(() => Scheduler.NoteFirstToken(Now, call));

    public void Tokens(CallTicket call, int tokens) => Do(() => Scheduler.NoteTokens(Now, call, tokens));

    public void End(CallTicket call, double seconds = 1, int tokens = 30) => Do(() => Scheduler.End(Now, call, new CallEnd
    {
        PromptTokens = 10,
        CompletionTokens = tokens,
        EvalSeconds = seconds,
    }));

    public void End(CallTicket call, CallEnd end) => Do(() => Scheduler.End(Now, call, end));

    public void Leave(CallTicket call) => Do(() => Scheduler.Leave(Now, call));

    public bool Return(CallTicket call, bool mayStay = false)
    {
        var returns = Scheduler.Return(Now, call, mayStay);
        CarryOut();
        return returns;
    }

    public void Do(Action act)
    {
        act();
        CarryOut();
    }

    public OrderOutcome Order(HostOrder order)
    {
        var outcome = Scheduler.Order(Now, order);
        CarryOut();
        return outcome;
    }

    public void Report(string name)
    {
        Scheduler.Report(Now, _hosts[name].ToReport(Now));
        CarryOut();
    }

    public void EndLoad(StartLoad load, bool succeeded = true, object? cause = null)
    {
        Loads.Remove(load.Id);
        var host = _hosts[load.Host];
        if (succeeded)
        {
            host.Load(load, Scheduler);
        }

        Scheduler.EndLoad(Now, load.Id, succeeded, host.ToRunners(), cause);
        CarryOut();
    }

    public void EndUnload(StartUnload unload)
    {
        Unloads.Remove(unload);
        _hosts[unload.Host].Loaded.Remove(unload.Model);
        Scheduler.EndUnload(Now, unload.Id, unload.Model);
        CarryOut();
    }

    /// <summary>The process of the scheduler has died with its loads. A new one begins in recovery.</summary>
    public void Replace()
    {
        Scheduler = new Scheduler(_options);
        Scheduler.BeginRecovery();
        Loads.Clear();
        Unloads.Clear();
        Do(() => Scheduler.SetHosts(Now, [.. _hosts.Values.Select(host => host.ToReport(Now))], replaced: []));
    }

    /// <summary>A call is announced to the new scheduler.</summary>
    public CallTicket Adopt(CallTicket call)
    {
        var adopted = Scheduler.Adopt(Now, call.Spec with { ArrivedAt = call.ArrivedAt }, new CallHistory
        {
            Host = call.Host,
            Cost = call.State is CallState.Running ? call.Cost : null,
            Waited = call.IsWaiting ? call.Waited + Now - call.EnteredAt : call.Waited,
            Running = call.State is CallState.Running ? Now - call.GrantedAt : TimeSpan.Zero,
            HasToken = call.FirstTokenAt is not null,
            IsTrial = call.IsTrial,
            Position = call.Position,
            Attempts = call.Attempts,
            Barred = [.. (call.Barred ?? []).Select(host => host.Name)],
        });
        CarryOut();
        return adopted;
    }

    /// <summary>The host has died with all that it was doing.</summary>
    public void Forget(string name)
    {
        Unloads.RemoveAll(unload => unload.Host == name);
        foreach (var load in Loads.Values.Where(load => load.Host == name).ToArray())
        {
            Loads.Remove(load.Id);
        }
    }

    private void CarryOut()
    {
        foreach (var decision in Scheduler.TakeDecisions())
        {
            _log.Add(decision);
            switch (decision)
            {
                case Grant grant:
                    Granted.Add(grant.Call);
                    break;
                case Refuse refuse:
                    Refused[refuse.Call] = refuse.Refusal;
                    break;
                case StartLoad load:
                    AllLoads.Add(load);
                    Loads[load.Id] = load;
                    break;
                case StartUnload unload:
                    Unloads.Add(unload);
                    break;
            }
        }

        AfterEvent();
        while (LoadsAtOnce && Unloads is [var unloaded, ..])
        {
            EndUnload(unloaded);
        }

        while (LoadsAtOnce && Loads.Values.FirstOrDefault() is { } started)
        {
            EndLoad(started);
        }
    }
}
