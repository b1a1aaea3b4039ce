using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>Hosts go down, come back, drain, and are replaced while the gateway runs.</summary>
public sealed class HostStateTests
{
    private const string HostHeader = "X-LlamaGate-Host";

    [Fact]
    public async Task Health_OfTwoHosts_ReportsEachOnRequest()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        await bed.ChatAsync();
        await bed.ProbeAsync();
        Assert.Equal("""{"status":"healthy","ollama":"connected","ollama_host":"at-a"}""", (await bed.GetAsync("/health")).Body);
        Assert.Equal(
            """
            {"status":"healthy","ollama":"connected","ollama_host":"at-a","hosts":[{"name":"a","address":"at-a","state":"up","version":"0.33.0-rc2","models":3,"running":0,"loaded":["plain:latest"]},{"name":"b","address":"at-b","state":"up","version":"0.33.0-rc2","models":3,"running":0,"loaded":[]}]}
            """,
            (await bed.GetAsync("/health?verbose")).Body);
    }

    [Fact]
    public async Task Health_WhereAKeyIsNeeded_NamesModelsToItsHolderOnly()
    {
        await using var bed = await GatewayOverHosts.StartAsync([new(), new()], settings => settings with { ApiKey = "sk-health" });
        await bed.ProbeAsync();
        bed.Client.DefaultRequestHeaders.Authorization = new("Bearer", "sk-health");
        await bed.ChatAsync();
        await bed.ProbeAsync();
        Assert.Equal("plain:latest", Assert.Single((await bed.HostAsync("a")).GetProperty("loaded").EnumerateArray()).GetString());
        bed.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Empty((await bed.HostAsync("a")).GetProperty("loaded").EnumerateArray());
    }

    /// <summary>A client that got 404 would not try again.</summary>
    [Fact]
    public async Task Model_ThatAHostMayHaveThatWasNeverUp_GetsNoHost()
    {
        await using var bed = await GatewayOverHosts.StartAsync(1);
        Assert.Equal((404, "model_not_found"), await AskAsync());
        bed.List.Replace([.. bed.List.Current, GatewayOverHosts.Named("b", new Uri("http://127.0.0.1:1"))]);
        await bed.UntilAsync("b", "down");
        Assert.Equal((503, "no_host"), await AskAsync());

        async Task<(int Status, string? Code)> AskAsync()
        {
            var answer = await bed.ChatAsync("nowhere");
            return (answer.Status, answer.ErrorCode);
        }
    }

    [Fact]
    public async Task Host_WhoseProbesFail_IsDownAfterTwoAndUpAfterOneGood()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].HealthStatus = 500;
        bed.Ollamas[1].HealthStatus = 500;
        await bed.ProbeAsync();
        Assert.Equal("down", (await bed.HostAsync("a")).GetProperty("state").GetString());
        Assert.Equal("Ollama returned status 500", (await bed.HostAsync("a")).GetProperty("fault").GetString());
        Assert.Equal("""{"status":"unhealthy","error":"Ollama returned status 500","ollama_host":"at-a"}""", (await bed.GetAsync("/health")).Body);
        bed.Ollamas[1].HealthStatus = null;
        Assert.Equal(200, (await bed.GetAsync("/health")).Status);
        Assert.Equal("b", (await bed.ChatAsync()).Headers[HostHeader]);
        bed.Ollamas[0].HealthStatus = null;
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(60));
        await bed.UntilAsync("a", "up");
        var log = await bed.Gateway.StopAndReadLogAsync();
        Assert.Single(log, line => line.Contains("Host a (at-a) is down: status 500: llama-server process has terminated", StringComparison.Ordinal));
        Assert.Equal(2, log.Count(line => line.Contains("Host a is up: at-a", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Host_ThatRefusedACall_IsProbedAgainAfterFiveSeconds()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        var port = bed.Ollamas[0].Address.Port;
        await bed.Ollamas[0].DisposeAsync();
        await bed.ChatAsync();
        await using var again = await GatewayOverHosts.StartOllamaAsync(new EmulatorOptions { Port = port });
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        await bed.GetAsync("/health");
        Assert.Equal("down", (await bed.HostAsync("a")).GetProperty("state").GetString());
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        await bed.UntilAsync("a", "up");
        // Only it is left; the queue knows a moment after its state that it is up.
        bed.List.Replace([bed.List.Current[0], bed.List.Current[1] with { IsDraining = true }]);
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        HttpAnswer answer;
        while ((answer = await bed.ChatAsync("tiny")).Status == 503)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal("a", answer.Headers[HostHeader]);
    }

    [Fact]
    public async Task Host_ThatDrains_FinishesItsCallsAndGetsNoOther()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        var gate = new Gate();
        bed.Ollamas[0].Enqueue(Scenario.Says("still").PauseAt(0, gate));
        var running = bed.ChatAsync();
        await gate.Reached;
        bed.List.Replace([bed.List.Current[0] with { IsDraining = true }, bed.List.Current[1]]);
        Assert.Equal("draining", (await bed.HostAsync("a")).GetProperty("state").GetString());
        Assert.Equal("b", (await bed.ChatAsync()).Headers[HostHeader]);
        gate.Release();
        Assert.Contains("still", (await running).Body, StringComparison.Ordinal);
        bed.List.Replace([bed.List.Current[0] with { IsDraining = false }, bed.List.Current[1]]);
        Assert.Equal("up", (await bed.HostAsync("a")).GetProperty("state").GetString());
        Assert.Equal(0, (await bed.HostAsync("a")).GetProperty("running").GetInt32());
    }

    [Fact]
    public async Task Host_ThatIsRemoved_FinishesItsCallsWhileTheNewOneIsUsedAtOnce()
    {
        await using var bed = await GatewayOverHosts.StartAsync(1);
        await using var added = await GatewayOverHosts.StartOllamaAsync(new EmulatorOptions());
        var gate = new Gate();
        bed.Ollamas[0].Enqueue(Scenario.Says("still").PauseAt(0, gate));
        var running = bed.ChatAsync();
        await gate.Reached;
        bed.List.Replace([GatewayOverHosts.Named("new", added.Address)]);
        await bed.UntilAsync("new", "up");
        Assert.Equal("new", (await bed.ChatAsync()).Headers[HostHeader]);
        gate.Release();
        Assert.Contains("still", (await running).Body, StringComparison.Ordinal);
        Assert.Equal("at-new", (await bed.GetAsync("/health")).Json.GetProperty("ollama_host").GetString());
    }

    [Fact]
    public async Task Host_UsedByAnotherClient_IsNamedOnce()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        await bed.ChatAsync();
        await bed.ProbeAsync();
        await bed.ProbeAsync();
        Assert.False((await bed.HostAsync("a")).TryGetProperty("foreign", out _));

        using var other = new HttpClient { BaseAddress = bed.Ollamas[1].Address };
        for (var i = 0; i < 2; i++)
        {
            using var body = new StringContent(ChatBody.ForModel("tiny", stream: false), Encoding.UTF8, "application/json");
            using var answer = await other.PostAsync("/api/chat", body);
            await bed.ProbeAsync();
        }

        Assert.Equal("tiny:latest", (await bed.HostAsync("b")).GetProperty("foreign").GetProperty("model").GetString());
        var log = await bed.Gateway.StopAndReadLogAsync();
        var warning = Assert.Single(log, line => line.Contains("Another client", StringComparison.Ordinal));
        Assert.Contains("host b, model tiny:latest", warning, StringComparison.Ordinal);
    }
}
