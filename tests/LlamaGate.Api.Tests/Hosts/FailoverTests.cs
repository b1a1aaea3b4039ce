using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>What happens to a call whose host fails: another host takes it as long as there was no byte.</summary>
public sealed class FailoverTests
{
    private const string HostHeader = "X-LlamaGate-Host";

    [Fact]
    public async Task Call_OfTwoHosts_GoesToTheFirstAndNamesIt()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        var answer = await bed.ChatAsync();
        Assert.Equal((200, "a"), (answer.Status, answer.Headers[HostHeader]));
        Assert.Contains("host;desc=\"a\"", answer.Headers["Server-Timing"], StringComparison.Ordinal);
        Assert.Equal([1, 0], bed.Seen());
        var log = await bed.Gateway.StopAndReadLogAsync();
        Assert.Contains(log, line => line.Contains("\"host\":\"a\"", StringComparison.Ordinal));
        Assert.Equal(2, log.Count(line => line.Contains("is up: at-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_ToAHostThatRefuses_GoesToTheNextAndTheHostIsDown()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        await bed.Ollamas[0].DisposeAsync();
        var answer = await bed.ChatAsync();
        Assert.Equal((200, "b"), (answer.Status, answer.Headers[HostHeader]));
        Assert.Equal("down", (await bed.HostAsync("a")).GetProperty("state").GetString());
        Assert.Equal("Ollama unreachable", (await bed.HostAsync("a")).GetProperty("fault").GetString());
        Assert.Equal(200, (await bed.GetAsync("/health")).Status);
    }

    [Theory]
    [InlineData("emu:status-500")]
    [InlineData("emu:status-503")]
    [InlineData("emu:busy")]
    public async Task Call_ThatFailsBeforeTheFirstByte_GoesToTheNextHost(string model)
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Parse(model["emu:".Length..]));
        var answer = await bed.ChatAsync();
        Assert.Equal((200, "b"), (answer.Status, answer.Headers[HostHeader]));
        Assert.Equal([1, 1], bed.Seen());
    }

    [Fact]
    public async Task Call_WhoseConnectionIsReset_GoesToTheNextHost()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Default with { Ending = Ending.Reset, EndingAt = 0, Answer = new RawAnswer(200, "application/json") });
        var answer = await bed.ChatAsync();
        Assert.Equal((200, "b"), (answer.Status, answer.Headers[HostHeader]));
    }

    /// <summary>The load is the gateway's own call: its failure concerns the host, so the call waits for a load elsewhere.</summary>
    [Fact]
    public async Task Call_WhoseModelCannotBeLoaded_GoesToTheNextHost()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].ResetsConnections = true;
        var answer = await bed.ChatAsync();
        Assert.Equal((200, "b"), (answer.Status, answer.Headers[HostHeader]));
        Assert.Equal([0, 1], bed.Seen());
    }

    [Fact]
    public async Task Call_ThatFailsEverywhere_EndsAfterThreeAttemptsWithTheLastFailure()
    {
        await using var bed = await GatewayOverHosts.StartAsync(4);
        for (var i = 0; i < 4; i++)
        {
            bed.Ollamas[i].Enqueue(Scenario.Fails(500, $"fault {i}"));
        }

        var answer = await bed.ChatAsync();
        Assert.Equal((502, "c"), (answer.Status, answer.Headers[HostHeader]));
        Assert.Equal("fault 2", answer.Error.GetProperty("message").GetString());
        Assert.Equal([1, 1, 1, 0], bed.Seen());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(501)]
    public async Task Call_ThatIsRefused_GoesNowhereElse(int status)
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Fails(status));
        await bed.ChatAsync();
        Assert.Equal([1, 0], bed.Seen());
    }

    [Theory]
    [InlineData("option \"temperature\" must be of type float32")]
    [InlineData("invalid format: \"x\"; expected \"json\" or a valid JSON Schema object")]
    public async Task Call_WhoseFailureIsItsOwnFault_GoesNowhereElse(string error)
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Fails(500, error));
        await bed.ChatAsync();
        Assert.Equal([1, 0], bed.Seen());
    }

    [Fact]
    public async Task Call_ThatTimesOut_GoesNowhereElse()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        var gate = new Gate();
        bed.Ollamas[0].Enqueue(Scenario.Default.PauseAt(0, gate));
        var call = bed.ChatAsync();
        await gate.Reached;
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(6));
        var answer = await call;
        Assert.Equal(504, answer.Status);
        Assert.Equal([1, 0], bed.Seen());
    }

    [Fact]
    public async Task Stream_ThatBreaksAfterAByte_IsNotSentAgain()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Counts(5) with { Ending = Ending.Reset, EndingAt = 2 });
        var answer = await bed.PostAsync("/v1/chat/completions", ChatBody.ForModel("plain", stream: true));
        Assert.Contains("upstream_unreachable", answer.Body, StringComparison.Ordinal);
        Assert.Equal([1, 0], bed.Seen());
    }

    [Fact]
    public async Task Call_OfAModelThatWasDeletedAtTheFirst_GoesToTheNextHost()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Fails(404, "model 'plain' not found"));
        Assert.Equal("b", (await bed.ChatAsync()).Headers[HostHeader]);
    }

    [Fact]
    public async Task Call_OfAModelThatNobodyHas_IsAskedOnce()
    {
        await using var bed = await GatewayOverHosts.StartAsync(3);
        var answer = await bed.ChatAsync("none");
        Assert.Equal((404, "model_not_found"), (answer.Status, answer.ErrorCode));
        Assert.Equal([1, 0, 0], bed.Seen());
    }

    [Fact]
    public async Task Call_WithoutAHost_IsRefusedWithRetryAfter()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        await bed.Ollamas[0].DisposeAsync();
        await bed.Ollamas[1].DisposeAsync();
        Assert.Equal("no_host", (await bed.ChatAsync()).ErrorCode);
        var answer = await bed.ChatAsync();
        Assert.Equal((503, "no_host"), (answer.Status, answer.ErrorCode));
        Assert.Equal("No Ollama host is up: a is down, b is down.", answer.Error.GetProperty("message").GetString());
        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.Equal("no_host", (await bed.GetAsync("/v1/models")).ErrorCode);
        Assert.Equal(503, (await bed.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Call_OfASingleSharedHost_IsSentThereOnceMoreWhenTheConnectionBroke()
    {
        await using var bed = await GatewayOverHosts.StartAsync(1);
        bed.Ollamas[0].Enqueue(Scenario.Default with { Ending = Ending.Reset, Answer = new RawAnswer(200, "application/json") });
        Assert.Equal((200, "a"), ((await bed.ChatAsync()) is var answer ? (answer.Status, answer.Headers[HostHeader]) : default));
        Assert.Equal([2], bed.Seen());
    }

    [Fact]
    public async Task Call_OfACallerWhoLeft_GoesNowhereElse()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        var gate = new Gate();
        bed.Ollamas[0].Enqueue(Scenario.Fails(500, "too late").PauseAt(0, gate));
        using var leaving = new CancellationTokenSource();
        using var body = new StringContent(ChatBody.Hi, System.Text.Encoding.UTF8, "application/json");
        var call = bed.Client.PostAsync("/v1/chat/completions", body, leaving.Token);
        await gate.Reached;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var request = await bed.Ollamas[0].NextRequestAsync(GatewayOverOllama.LongestWait, "/api/chat");
        await request.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        gate.Release();
        await bed.UntilAsync("a", host => host.GetProperty("running").GetInt32() == 0);
        Assert.Equal([1, 0], bed.Seen());
    }

    /// <summary>A hit never waits for Ollama.</summary>
    [Fact]
    public async Task CachedAnswer_WhileAllHostsAreDown_IsStillGiven()
    {
        await using var bed = await GatewayOverHosts.StartAsync([new(), new()], settings => settings with { CacheEnabled = true });
        var first = await bed.ChatAsync();
        await bed.Ollamas[0].DisposeAsync();
        await bed.Ollamas[1].DisposeAsync();
        Assert.Equal("no_host", (await bed.ChatAsync("tiny")).ErrorCode);
        var again = await bed.ChatAsync();
        Assert.Equal("hit", again.Headers["X-LlamaGate-Cache"]);
        Assert.Equal(first.BodyWithoutId, again.BodyWithoutId);
        Assert.False(again.Headers.ContainsKey(HostHeader));
    }
}
