using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>The cost of a streamed token in each dialect, compared with a chat's in the same round. Only gateways have dialects.</summary>
internal sealed class DialectFloods : IScenario
{
    private const int Connections = 8;
    private const int Tokens = 2000;

    private static readonly Figure ChatCpu = new("chat-cpu", "CPU µs/chunk, chat", 3, Compare.None);

    private static readonly (Dialect Dialect, string Path, Figure Figure)[] Compared =
    [
        (Dialect.Messages, "/v1/messages", new("messages", "messages ÷ chat", 2, Compare.None)),
        (Dialect.Responses, "/v1/responses", new("responses", "responses ÷ chat", 2, Compare.None)),
        (Dialect.Native, "/api/chat", new("native", "native ÷ chat", 2, Compare.None)),
    ];

    public string Name => "dialects";

    public string Title => "Flood in each dialect, 8 connections";

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var gateways = rig.Servers.Where(server => server.Kind is ServerKind.Gateway).ToArray();
        var rounds = rig.Options.Quick ? 2 : 5;
        for (var round = -1; round < rounds; round++)
        {
            foreach (var server in Rotation.Of(gateways, round + 1))
            {
                // The first round warms up.
                await RunAsync(rig, server, round < 0 ? null : report, cancellationToken);
            }
        }
    }

    private static async Task RunAsync(Rig rig, Server server, ScenarioReport? report, CancellationToken cancellationToken)
    {
        var chat = await CpuPerChunkAsync(rig, server, Dialect.Chat, server.ChatPath, report, cancellationToken);
        report?.Add(ChatCpu, server, chat);
        foreach (var (dialect, path, figure) in Compared)
        {
            var cpu = await CpuPerChunkAsync(rig, server, dialect, path, report, cancellationToken);
            report?.Add(figure, server, cpu / chat);
        }
    }

    /// <summary>Microseconds.</summary>
    private static async Task<double> CpuPerChunkAsync(
        Rig rig, Server server, Dialect dialect, string path, ScenarioReport? report, CancellationToken cancellationToken)
    {
        var file = Path.Combine(rig.Places.Work, "body.json");
        await File.WriteAllBytesAsync(file, ChatBodies.Flood($"bench:flood-{Tokens}", dialect), cancellationToken);
        var time = TimeSpan.FromSeconds(rig.Options.Quick ? 1 : 1.5);
        var cpu = server.CpuNanoseconds();
        var result = await Wrk.RunAsync(rig.Places, new Uri($"http://{server.Address}{path}"), file, Connections, time, cancellationToken);
        cpu = server.CpuNanoseconds() - cpu;
        if (result.Refused > 0 || result.Broken > 0 || result.Requests == 0)
        {
            report?.Faults.Add($"{server.Label}, {path}: {result.Requests} answers, {result.Refused} refused, {result.Broken} broken");
        }

        return cpu / 1000.0 / (result.Requests * (double)Tokens);
    }
}
