using LlamaGate.Bench.Load;
using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>What a stream costs that is open and says nothing, in a server that has done nothing else.</summary>
internal sealed class IdleStreams : IScenario
{
    private const int Count = 1000;
    private const double Kilobyte = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5);
    private static readonly Figure Each = new("kb-each", "RSS kB/stream, collected", 1);
    private static readonly Figure Alive = new("alive-each", "heap kB/stream, collected", 1);
    private static readonly Figure Resident = new("rss", "RSS MB, as it is", 0, Compare.None);

    public string Name => "idle";

    public string Title => "1,000 open streams that say nothing after their first token";

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var rounds = rig.Options.Quick ? 1 : 3;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var start in rig.Fresh())
            {
                await using var server = await start(true, cancellationToken);
                await MeasureAsync(report, server, cancellationToken);
            }
        }
    }

    private static async Task MeasureAsync(ScenarioReport report, Server server, CancellationToken cancellationToken)
    {
        if (server is not { Process: { } process, Probe: { } probe })
        {
            return;
        }

        // The code paths are there before anything is counted.
        await StreamsAsync(server, 50, "bench:paced-2_gap-10ms", async (_, reading) => await reading, cancellationToken);
        var alive = probe.ReadCollected().Alive;
        var resident = ProcessUsage.ResidentBytes(process.Id);
        await StreamsAsync(server, Count, "bench:paced-2_gap-900000ms", async (load, reading) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            while (load.Tokens < Count && !reading.IsCompleted)
            {
                await Task.Delay(10, patience.Token);
            }

            await Task.Delay(Settling, cancellationToken);
            var asItIs = ProcessUsage.ResidentBytes(process.Id);
            var collected = probe.ReadCollected().Alive;
            report.Add(Each, server, (ProcessUsage.ResidentBytes(process.Id) - resident) / Kilobyte / Count);
            report.Add(Alive, server, (collected - alive) / Kilobyte / Count);
            report.Add(Resident, server, asItIs / Kilobyte / Kilobyte);
        }, cancellationToken);
    }

    private static async Task StreamsAsync(
        Server server, int count, string model, Func<PacedStreams, Task<int>, Task> whileOpen, CancellationToken cancellationToken)
    {
        using var load = new PacedStreams(server.Address, server.Post(ChatBodies.Text(model, 200, stream: true)), count);
        var reading = await load.BeginAsync(cancellationToken);
        await whileOpen(load, reading);
        load.Dispose();
        await reading;
    }
}
