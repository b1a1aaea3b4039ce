using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Gateway;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Plots;
using LlamaGate.Simulation.Report;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>Eight clients, each of which sticks to one of two models, of which one fits; through the gateway and directly.</summary>
internal sealed class Switching : IScenario
{
    private const int Clients = 8;
    private const int Requests = 10;
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    public string Name => "switching";

    public ScenarioReport Run(int repetitions) => new(
        Name,
        [.. FiguresFor("no pauses", hasPauses: false, repetitions), .. FiguresFor("pauses of 0.2–1 s", hasPauses: true, repetitions)],
        Draw());

    private static IEnumerable<Figure> FiguresFor(string kind, bool hasPauses, int repetitions)
    {
        var seeds = Enumerable.Range(1, repetitions).ToList();
        var shared = seeds.ConvertAll(seed => RunOne(seed, hasPauses, isShared: true));
        var direct = seeds.ConvertAll(seed => RunOne(seed, hasPauses, isShared: false));
        var time = shared.Average(run => run.Seconds) / direct.Average(run => run.Seconds);
        var loads = shared.Average(run => run.Loads.Count) / direct.Average(run => run.Loads.Count);
        yield return Figure.AtMost($"{kind}: time to finish ÷ directly", time, 0.5, "×");
        yield return Figure.AtMost($"{kind}: loads ÷ directly", loads, 0.25, "×");
        yield return Figure.AtMost($"{kind}: loads, the most", shared.Max(run => run.Loads.Count), 8);
        yield return Figure.Note($"{kind}: loads directly, the median", direct.Select(run => (double)run.Loads.Count).Quantile(0.5));
    }

    private static Outcome RunOne(int seed, bool hasPauses, bool isShared)
    {
        var events = new EventQueue();
        var settings = new HostSettings("gpu1") { Slots = 1, Models = ["a", "b"] };
        var host = new OllamaHost(events, settings, Draws.For(seed, 0));
        IUpstream upstream = isShared ? new SharedHosts(events, new SchedulerOptions { Slots = 1 }, host) : new DirectOllama(events, host);
        var clients = Enumerable.Range(0, Clients).Select(i => NewClient(events, upstream, i, Draws.For(seed, i + 1), hasPauses)).ToList();
        events.RunUntil(() => clients.TrueForAll(client => client.HasFinished), Limit);
        return new Outcome(events.Now.TotalSeconds, host.Loads, upstream.Calls);
    }

    private static Client NewClient(EventQueue events, IUpstream upstream, int number, Draws draws, bool hasPauses)
    {
        var client = new Client(events, upstream, new Principal($"client{number}", "key"), number % 2 == 0 ? "a" : "b")
        {
            Work = () => Work.Of(Answer, draws),
            Think = hasPauses ? () => TimeSpan.FromMilliseconds(200 + draws.Below(800)) : null,
            Requests = Requests,
        };
        client.StartAt(number * BetweenStarts);
        return client;
    }

    private static string Draw()
    {
        var (shared, direct) = (RunOne(seed: 1, hasPauses: true, isShared: true), RunOne(seed: 1, hasPauses: true, isShared: false));
        return Timeline.Draw(
            "switching: 80 answers of 0.5 s, loads of 2 s",
            Math.Ceiling(direct.Seconds / 10) * 10,
            ["gateway", "directly"],
            [.. Spans(shared, 0), .. Spans(direct, 1)],
            [("answers of model a", 0), ("answers of model b", 1), ("a load", null)]);
    }

    private static IEnumerable<Span> Spans(Outcome run, int row) => Timeline.Place(
        run.Calls.Select(call => (call.SentAt!.Value, call.EndedAt!.Value, (int?)(call.Model == "a" ? 0 : 1))) // All have ended.
            .Concat(run.Loads.Select(load => (load.Begins, load.Ends, (int?)null))),
        row,
        rows: 1);

    private sealed record Outcome(double Seconds, IReadOnlyList<LoadSpan> Loads, IReadOnlyList<ClientCall> Calls);
}
