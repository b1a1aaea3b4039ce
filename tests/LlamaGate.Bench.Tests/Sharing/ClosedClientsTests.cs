using System.Net;
using LlamaGate.Bench.Servers;
using LlamaGate.Bench.Sharing;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Bench.Tests.Sharing;

/// <summary>The clients and the counts beside an emulator that schedules.</summary>
public sealed class ClosedClientsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _end = new(Patience);
    private EmulatedOllama? _ollama;

    private EmulatedOllama Ollama => _ollama ?? throw new InvalidOperationException("The emulator has not been started.");

    public async Task InitializeAsync() => _ollama = await EmulatedOllama.StartAsync(new EmulatorOptions
    {
        Models = [new EmulatedModel("alpha:latest", ["completion"])],
        Scheduling = new SchedulingOptions
        {
            LoadTime = TimeSpan.Zero,
            TokenTime = TimeSpan.FromMilliseconds(1),
            PromptTokensPerSecond = 100_000,
        },
    });

    public async Task DisposeAsync() => await Ollama.DisposeAsync();

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task TimesAsync_OfTwoClients_AsksEachSoOftenAndNamesThem()
    {
        using var client = new ChatClient(Direct());

        var outcomes = await ClosedClients.TimesAsync(
            client, [new ChatCall("ann", "alpha", 3), new ChatCall("bob", "alpha", 3)], 4, (_, _) => TimeSpan.Zero, _end.Token);

        Assert.Equal(8, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.Equal(ChatEnding.Finished, outcome.Ending));
        Assert.Equal([4, 4], new[] { "ann", "bob" }.Select(name => Ollama.Runners.Callers[name].Answered));
    }

    [Fact]
    public async Task UntilAsync_WhenItIsTime_LeavesInTheMiddleOfACall()
    {
        using var client = new ChatClient(Direct());
        using var until = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);

        var asking = ClosedClients.UntilAsync(client, [new ChatCall("ann", "alpha", 100_000)], (_, _) => TimeSpan.Zero, until.Token);
        await Ollama.Runners.WhenAsync(runners => runners.Running("alpha") == 1, Patience);
        await until.CancelAsync();

        Assert.Empty(await asking);
        await Ollama.Runners.WhenAsync(runners => runners.Running("alpha") == 0, Patience);
    }

    [Fact]
    public async Task AskAsync_WithoutAByteInTime_GivesUp()
    {
        Ollama.Enqueue(Scenario.Says("late").PauseAt(0, new Gate()));
        using var client = new ChatClient(Direct());

        var outcome = await client.AskAsync(
            new ChatCall("ann", "alpha", 1) { Patience = TimeSpan.FromMilliseconds(50) }, _end.Token);

        Assert.Equal((ChatEnding.GaveUp, null), (outcome.Ending, outcome.FirstChunk));
    }

    [Fact]
    public async Task Counts_OfTheEmulator_AreRead()
    {
        using var client = new ChatClient(Direct());
        await client.AskAsync(new ChatCall("ann", "alpha", 3), _end.Token);
        using var http = new HttpClient { BaseAddress = Ollama.Address };

        var counts = EmulatedUpstream.Read(await http.GetByteArrayAsync(new Uri("/_emulator/runners", UriKind.Relative), _end.Token));

        Assert.Equal(1, counts.Loads);
        Assert.Equal((0, 0, 1), (counts.Slots?.Reloads, counts.Slots?.Gaps, counts.Slots?.PeakInside));
        Assert.InRange(counts.Slots?.Callers["ann"] ?? 0, 0.001, Patience.TotalSeconds);
    }

    private Server Direct() => new("direct", ServerKind.Direct, IPEndPoint.Parse(Ollama.Address.Authority), null, null);
}
