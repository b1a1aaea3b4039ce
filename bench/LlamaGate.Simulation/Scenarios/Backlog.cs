using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Gateway;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>Principals that always have calls waiting, before one or more hosts.</summary>
internal sealed class Backlog
{
    private readonly int _seed;
    private int _parts = 1000;

    public Backlog(int seed, SchedulerOptions options, params IReadOnlyList<HostSettings> hosts)
    {
        _seed = seed;
        Ollamas = [.. hosts.Select((host, i) => new OllamaHost(Events, host, Draws.For(seed, i)))];
        Hosts = new SharedHosts(Events, options, Ollamas);
    }

    public EventQueue Events { get; } = new();

    public IReadOnlyList<OllamaHost> Ollamas { get; }

    public SharedHosts Hosts { get; }

    public IReadOnlyList<ClientCall> Calls => Hosts.Calls;

    /// <summary>Calls that arrived when all slots of a runner were taken; the gateway must not send any.</summary>
    public int WaitedInside => Ollamas.Sum(host => host.WaitedInside);

    public Draws NewDraws() => Draws.For(_seed, _parts++);

    /// <summary>Keeps a number of calls outstanding.</summary>
    public void Keep(int outstanding, Principal principal, Func<Draws, Work> work, string model = "a")
    {
        for (var i = 0; i < outstanding; i++)
        {
            var draws = NewDraws();
            new Client(Events, Hosts, principal, model) { Work = () => work(draws) }.StartAt(TimeSpan.Zero);
        }
    }

    /// <summary>Runs until so many calls have ended.</summary>
    public void RunFor(int calls, TimeSpan limit) =>
        Events.RunUntil(() => Calls.Count(call => call.EndedAt is not null) >= calls, limit);
}
