using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Gateway;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>
/// Nine polite clients for twelve minutes, with or without one that floods in the last ten. Their numbers at random are the same in both.
/// </summary>
internal static class FloodRun
{
    public const string Flooder = "flood";
    public const int Polite = 9;

    private const int Outstanding = 100;

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(12);
    public static readonly TimeSpan Mean = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Think = TimeSpan.FromSeconds(10);

    /// <summary>The flood begins when the polite ones are at work.</summary>
    private static readonly TimeSpan FloodsFrom = TimeSpan.FromMinutes(2);

    public static SharedHosts Shared(int seed, double variation, bool hasFlood)
    {
        var events = new EventQueue();
        var hosts = new SharedHosts(events, new SchedulerOptions { Slots = 4 }, NewHost(events, seed));
        Run(events, hosts, seed, variation, hasFlood);
        return hosts;
    }

    public static IReadOnlyList<ClientCall> Direct(int seed, double variation, bool hasFlood)
    {
        var events = new EventQueue();
        var ollama = new DirectOllama(events, NewHost(events, seed));
        Run(events, ollama, seed, variation, hasFlood);
        return ollama.Calls;
    }

    public static IEnumerable<ClientCall> PoliteCalls(IEnumerable<ClientCall> calls) =>
        calls.Where(call => call.Principal.Id != Flooder && call.ArrivedAt >= FloodsFrom && call.Outcome is CallOutcome.Answered);

    private static OllamaHost NewHost(EventQueue events, int seed) => new(events, new HostSettings("gpu1"), Draws.For(seed, 0));

    private static void Run(EventQueue events, IUpstream upstream, int seed, double variation, bool hasFlood)
    {
        for (var i = 1; i <= Polite; i++)
        {
            var (sizes, pauses) = (Draws.For(seed, i), Draws.For(seed, 100 + i));
            NewClient($"polite{i}", sizes, () => pauses.Exponential(Think)).StartAt(pauses.Exponential(Think));
        }

        for (var i = 1; hasFlood && i <= Outstanding; i++)
        {
            NewClient(Flooder, Draws.For(seed, 200 + i), think: null).StartAt(FloodsFrom);
        }

        events.RunUntil(Length);

        Client NewClient(string name, Draws sizes, Func<TimeSpan>? think) => new(events, upstream, new Principal(name, name), "a")
        {
            Work = () => Work.Of(sizes.LogNormal(Mean, variation), sizes),
            Think = think,
        };
    }
}
