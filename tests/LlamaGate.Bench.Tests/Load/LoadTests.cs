using System.Net;
using System.Text;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Scenarios;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Bench.Tests.Load;

/// <summary>The load against the upstream it is made for, on real sockets.</summary>
public sealed class LoadTests : IAsyncLifetime
{
    private EmulatedOllama? _upstream;

    private IPEndPoint Address => new(IPAddress.Loopback, _upstream?.Address.Port ?? 0);

    public async Task InitializeAsync() => _upstream = await EmulatedOllama.StartAsync();

    public async Task DisposeAsync() => await (_upstream?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task ConstantRate_OfAServerThatKeepsUp_HasAllAnswers()
    {
        var load = new ConstantRate(Address, Chat("bench:plain-3"), perSecond: 200, TimeSpan.FromSeconds(0.5));

        var result = await load.RunAsync(CancellationToken.None);

        Assert.Equal(0, result.Failed);
        Assert.Equal(100, result.Latencies.Count);
    }

    /// <summary>50 requests are due within half a second; one at a time they take 2.5 s, and the last waited for most of
    /// it.</summary>
    [Fact]
    public async Task ConstantRate_OfAServerThatIsTooSlow_ChargesItWithTheWaiting()
    {
        var load = new ConstantRate(Address, Chat("bench:plain-3_first-50ms"), perSecond: 100, TimeSpan.FromSeconds(0.5))
        {
            Connections = 1,
        };

        var result = await load.RunAsync(CancellationToken.None);

        Assert.Equal(50, result.Latencies.Count);
        Assert.InRange(result.Latencies.Quantile(1) / 1e9, 1.9, 60);
        Assert.InRange(result.Latencies.Quantile(0.5) / 1e9, 0.9, 60);
    }

    /// <summary>The upstream keeps the bodies of models that are not the bench's own.</summary>
    [Fact]
    public async Task ConstantRate_OfNumberedRequests_SendsDistinctBodiesOfOneLength()
    {
        var load = new ConstantRate(Address, Numbered("nobody-knows-me"), perSecond: 200, TimeSpan.FromSeconds(0.2));

        await load.RunAsync(CancellationToken.None);

        AssertDistinct(40);
    }

    [Fact]
    public async Task PacedStreams_OfNumberedRequests_SendDistinctBodiesOfOneLength()
    {
        using var load = new PacedStreams(Address, Numbered("nobody-knows-me"), count: 20) { Ramp = TimeSpan.FromSeconds(0.1) };

        await await load.BeginAsync(CancellationToken.None);

        AssertDistinct(20);
    }

    [Fact]
    public async Task ConstantRate_OfRefusals_CountsThemAsFailed()
    {
        var load = new ConstantRate(Address, Chat("nobody-knows-me"), perSecond: 100, TimeSpan.FromSeconds(0.1));

        var result = await load.RunAsync(CancellationToken.None);

        Assert.Equal(10, result.Failed);
        Assert.Equal(0, result.Latencies.Count);
    }

    [Fact]
    public async Task PacedStreams_ThatComeWhole_AreCountedTokenByToken()
    {
        using var load = Streams("bench:paced-4_gap-20ms", tokens: 4);

        var broken = await await load.BeginAsync(CancellationToken.None);
        var (first, delays) = load.Times();

        Assert.Equal(0, broken);
        Assert.Equal(20, load.Tokens);
        Assert.Equal(5, first.Count);
        Assert.Equal(15, delays.Count);
        Assert.InRange(delays.Quantile(0.5) / 1e9, 0, 10);
    }

    [Fact]
    public async Task PacedStreams_ThatLackAToken_AreBroken()
    {
        using var load = Streams("bench:paced-3_gap-1ms", tokens: 4);

        Assert.Equal(5, await await load.BeginAsync(CancellationToken.None));
    }

    [Fact]
    public void SleepUntil_ATime_ReturnsNotBefore()
    {
        var due = Clock.Now + 2_000_000;

        Clock.SleepUntil(due);

        Assert.True(Clock.Now >= due);
    }

    private void AssertDistinct(int count)
    {
        var bodies = _upstream?.Requests.Select(request => request.Body).ToArray() ?? [];
        Assert.Equal(count, bodies.Length);
        Assert.Equal(count, bodies.Distinct(StringComparer.Ordinal).Count());
        Assert.All(bodies, body => Assert.Equal(200, body.Length));
    }

    private static ReadOnlyMemory<byte> Numbered(string model) =>
        HttpRequest.Post("/api/chat", "key", ChatBodies.Text(model, 200));

    private static ReadOnlyMemory<byte> Chat(string model) => HttpRequest.Post(
        "/api/chat", "key", Encoding.ASCII.GetBytes($$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}"""));

    private PacedStreams Streams(string model, int tokens) => new(Address, Chat(model), count: 5)
    {
        Ramp = TimeSpan.FromMilliseconds(20),
        TokensEach = tokens,
    };
}
