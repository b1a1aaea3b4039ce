using System.Text;
using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>
/// What a waiting stream costs beside its connection and its body: as many connections as there are waiters send all but the last byte
/// of their bodies, then the last byte.
/// </summary>
internal sealed class Waiters : ISharingScenario
{
    private const int Callers = 100;
    private const int WarmUp = 500;

    /// <summary>Long enough that Kestrel's lowest rate for bodies, 240 bytes a second, ends none before its last byte.</summary>
    private const int BodyBytes = 3000;

    /// <summary>Files of this process and of the gateway besides the connections, of which the gateway may need two each.</summary>
    private const int OtherFiles = 500;

    private const double Kilobyte = 1024;

    public string Name => "waiters";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        if (rig.IsReal)
        {
            await Console.Error.WriteLineAsync("waiters: measures the gateway's memory, with the emulator");
            return;
        }

        var count = Math.Min(rig.Options.Waiters ?? (rig.Options.Quick ? 2000 : 10_000), (OpenFiles.Limit() - OtherFiles) / 2);
        var settings = new StageSettings
        {
            Callers = [.. Enumerable.Range(0, Callers).Select(i => $"team-{i}")],
            Load = TimeSpan.FromMilliseconds(100),
            IsProbed = true,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SSE_KEEPALIVE"] = "0",
                ["QUEUE_NOTICE"] = "0",
                ["QUEUE_TIMEOUT"] = "30m",
            },
        };
        await using var stage = await rig.StageAsync(settings, isGateway: true, cancellationToken);
        await stage.WarmUpAsync("team-0", cancellationToken);

        // Code and pools are there before anything is counted, and the slot is taken for as long as it takes.
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await RoundAsync(stage, 0, Math.Min(WarmUp, count), null, cancellationToken);
        var running = ClosedClients.UntilAsync(
            stage.Client, [new ChatCall("team-0", stage.Upstream.Models[0], 20_000)], (_, _) => TimeSpan.Zero, until.Token);
        await Task.Delay(500, cancellationToken);
        await RoundAsync(stage, WarmUp, count, report, cancellationToken);
        await until.CancelAsync();
        await running;
    }

    /// <param name="first">The number of the first waiter: no prompt is sent twice, or the cache would answer it.</param>
    private async Task RoundAsync(Stage stage, int first, int count, SharingReport? report, CancellationToken cancellationToken)
    {
        var process = stage.Server.Process ?? throw new InvalidOperationException("The gateway is a process of this run.");
        var bodies = Enumerable.Range(first, count).Select(i => Request(stage, i)).ToArray();
        using var connections = await HeldRequests.OpenAsync(stage.Server.Address, bodies, cancellationToken);
        await Quiet.WaitAsync(process.Id, cancellationToken);
        var idle = Memory(stage, process);
        connections.SendLastBytes();
        await Quiet.WaitAsync(process.Id, cancellationToken);
        var answered = connections.Answered();
        var waiting = Memory(stage, process);
        report?.Add(Name, "waiting streams", stage, count - answered);
        report?.Add(Name, "answered or refused", stage, answered, Goal.AtMost(0));
        report?.Add(Name, "kB of RSS a waiter", stage, (waiting.Resident - idle.Resident) / Kilobyte / count, Goal.AtMost(4));
        report?.Add(Name, "kB of live heap a waiter", stage, (waiting.Alive - idle.Alive) / Kilobyte / count);
    }

    /// <summary>Collected first: what the heap keeps in reserve grows in steps.</summary>
    private static (long Alive, long Resident) Memory(Stage stage, ChildProcess process)
    {
        var alive = stage.Server.Probe?.ReadCollected().Alive ?? 0;
        return (alive, ProcessUsage.ResidentBytes(process.Id));
    }

    /// <summary>Blanks fill the body, so that what the gateway makes of it is small.</summary>
    private static ReadOnlyMemory<byte> Request(Stage stage, int number)
    {
        var caller = $"team-{number % Callers}";
        var message = $$"""{"role":"user","content":"caller={{caller}} waiter {{number}}"}""";
        var body = $$"""{"model":"{{stage.Upstream.Models[0]}}","stream":true,"max_tokens":1,"messages":[{{message}}]""";
        return Load.HttpRequest.Post(
            stage.Server.ChatPath, SharingKeys.SecretOf(caller), Encoding.ASCII.GetBytes(body.PadRight(BodyBytes - 1) + "}"));
    }
}
