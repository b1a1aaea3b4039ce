using LlamaGate.Bench.Load;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Scenarios;

/// <summary>From the start of the process to its first 200, and how long the first chat takes then.</summary>
internal sealed class ColdStart : IScenario
{
    private static readonly Figure FirstOk = new("first-200", "to the first 200, ms", 0);
    private static readonly Figure FirstChat = new("first-chat", "first chat request, ms", 0);

    public string Name => "start";

    public string Title => "Cold start (the gateway is asked for /livez, YARP for the upstream's version)";

    public async Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken)
    {
        var rounds = rig.Options.Quick ? 3 : 10;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var start in rig.Fresh())
            {
                await MeasureAsync(report, start, cancellationToken);
            }
        }
    }

    private static async Task MeasureAsync(ScenarioReport report, ServerStart start, CancellationToken cancellationToken)
    {
        var begun = Clock.Now;
        await using var server = await start(false, cancellationToken);
        using var connection = await HttpConnection.OpenAsync(server.Address, new ResponseReader(onStamp: null), cancellationToken);
        await connection.ExchangeAsync(HttpRequest.Get(server.SpeaksOpenAI ? "/livez" : "/api/version"), cancellationToken);
        var up = Clock.Now;
        var isUp = connection.Reader.Status == 200;
        await connection.ExchangeAsync(server.Post(ChatBodies.Text("bench:plain-20", 200)), cancellationToken);
        var chatted = Clock.Now;
        if (!isUp || connection.Reader.Status != 200)
        {
            report.Faults.Add($"{server.Label}: not a 200 after the start");
        }

        report.Add(FirstOk, server, (up - begun) / 1e6);
        report.Add(FirstChat, server, (chatted - up) / 1e6);
    }
}
