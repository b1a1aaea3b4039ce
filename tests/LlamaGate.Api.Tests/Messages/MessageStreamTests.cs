using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Messages;

/// <summary>What the wire table cannot show: streams that wait.</summary>
public class MessageStreamTests
{
    private const string Path = "/v1/messages";
    private const string Ping = "event: ping\ndata: {\"type\":\"ping\"}";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly WatchedClock _clock = new();

    [Fact]
    public async Task Wait_BeforeTheFirstToken_IsFilledWithPings()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("Hello").PauseAt(0, gate));
        var opening = bed.OpenAsync(Path, """{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"stream":true}""");
        await _clock.SetAsync(Interval);
        _clock.Advance(Interval);
        using var stream = await opening;
        Assert.Equal(Ping, await stream.NextAsync());
        gate.Release();
        var rest = await stream.RestAsync();
        Assert.StartsWith("event: message_start", rest.First(one => one != Ping), StringComparison.Ordinal);
        Assert.StartsWith("event: message_stop", rest[^1], StringComparison.Ordinal);
    }

    /// <summary>Thoughts come, and no event is made of them: to the client the line would be silent.</summary>
    [Fact]
    public async Task Thoughts_ThatAreOmitted_ArePingsToTheClient()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Lines(
            """{"model":"tiny","created_at":"2026-11-23T00:38:56Z","message":{"role":"assistant","content":"","thinking":"Let"},"done":false}""",
            """{"model":"tiny","created_at":"2026-11-23T00:38:56Z","message":{"role":"assistant","content":"","thinking":" me"},"done":false}""",
            """{"model":"tiny","created_at":"2026-11-23T00:38:56Z","message":{"role":"assistant","content":"Done"},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":4}""")
            .PauseAt(2, gate));
        using var stream = await bed.OpenAsync(Path, """
            {"model":"tiny","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"stream":true,"thinking":{"type":"adaptive","display":"omitted"}}
            """);
        Assert.StartsWith("event: message_start", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"type\":\"thinking\"", await stream.NextAsync(), StringComparison.Ordinal);
        await gate.Reached;
        // Once for the wait before the first token, once for the pings.
        await _clock.SetAsync(Interval);
        await _clock.SetAsync(Interval);
        _clock.Advance(Interval);
        Assert.Equal(Ping, await stream.NextAsync());
        gate.Release();
        var signature = (await stream.RestAsync()).First(one => one != Ping);
        Assert.Contains("\"signature\":\"lg1.TGV0IG1l\"", signature, StringComparison.Ordinal);
    }

    private Task<GatewayOverOllama> StartAsync() => GatewayOverOllama.StartAsync(
        settings => settings with { SseKeepAlive = Interval },
        builder => builder.Services.AddSingleton<TimeProvider>(_clock));
}
