using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>Several hosts with different models are one catalogue, in both APIs.</summary>
public sealed class SharedModelsTests
{
    private const string HostHeader = "X-LlamaGate-Host";

    private static readonly string[] Chats = ["completion", "tools"];

    private static readonly EmulatorOptions OneAndBoth = Having(new("one:latest", Chats), new("both:latest", Chats));
    private static readonly EmulatorOptions BothAndTwo = Having(
        new("both:latest", Chats) { ModifiedAt = "2020-01-01T00:00:00Z" }, new("two:7b", Chats));

    [Fact]
    public async Task Models_OfTwoHosts_AreTheUnionInTheirOrder()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo]);
        Assert.Equal(["one:latest", "both:latest", "two:7b"], await IdsAsync(bed), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Models_OfADownHost_AreThoseThatAnotherHas()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo]);
        await bed.Ollamas[0].DisposeAsync();
        await bed.ChatAsync("one");
        Assert.Equal(["both:latest", "two:7b"], await IdsAsync(bed), StringComparer.Ordinal);
        var answer = await bed.ChatAsync("ONE:latest");
        Assert.Equal((503, "no_host"), (answer.Status, answer.ErrorCode));
        Assert.Equal("No Ollama host that has the model 'ONE:latest' is up: a.", answer.Error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("one", "a")]
    [InlineData("TWO:7B", "b")]
    [InlineData("library/two:7b", "b")]
    [InlineData("both:latest", "a")]
    public async Task Call_OfAModel_GoesToAHostThatHasIt(string model, string host)
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo]);
        Assert.Equal(host, (await bed.ChatAsync(model)).Headers[HostHeader]);
    }

    [Fact]
    public async Task Call_OfALoadedModel_GoesWhereItIsLoaded()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        bed.Ollamas[0].Enqueue(Scenario.Fails(503));
        await bed.ChatAsync();
        Assert.Equal([1, 1], bed.Seen());
        await bed.ProbeAsync();
        await bed.ProbeAsync();
        Assert.Equal("b", (await bed.ChatAsync()).Headers[HostHeader]);
    }

    [Fact]
    public async Task Calls_AtOnce_AreSpread()
    {
        await using var bed = await GatewayOverHosts.StartAsync(2);
        var gates = new[] { new Gate(), new Gate() };
        bed.Ollamas[0].Enqueue(Scenario.Default.PauseAt(0, gates[0]));
        bed.Ollamas[1].Enqueue(Scenario.Default.PauseAt(0, gates[1]));
        var first = bed.ChatAsync();
        await gates[0].Reached;
        var second = bed.ChatAsync();
        await gates[1].Reached;
        Assert.Equal(1, (await bed.HostAsync("b")).GetProperty("running").GetInt32());
        gates[0].Release();
        gates[1].Release();
        Assert.Equal(("a", "b"), ((await first).Headers[HostHeader], (await second).Headers[HostHeader]));
        Assert.Equal(0, (await bed.HostAsync("b")).GetProperty("running").GetInt32());
    }

    /// <summary>The prompt of a conversation is in the cache of the host that answered last.</summary>
    [Fact]
    public async Task Call_OfAKeyThatComesAgain_GoesToTheHostOfItsLastCall()
    {
        await using var bed = await GatewayOverHosts.StartAsync(
            [new(), new()], settings => settings with { ApiKey = "secret" });
        (string, string) key = ("X-API-Key", "secret");
        bed.Ollamas[0].Enqueue(Scenario.Fails(503));
        Assert.Equal("b", (await bed.ChatAsync("plain", key)).Headers[HostHeader]);
        Assert.Equal("b", (await bed.ChatAsync("plain", key)).Headers[HostHeader]);
    }

    [Fact]
    public async Task Model_WithOtherContentsOnTheSecondHost_IsUsedOnTheFirstOnlyAndNamedOnce()
    {
        var other = new EmulatedModel("both:latest", Chats) { Digest = new string('e', 64) };
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, Having(other)]);
        bed.Ollamas[0].Enqueue(Scenario.Fails(503));
        Assert.Equal(503, (await bed.ChatAsync("both")).Status);
        Assert.Equal([1, 0], bed.Seen());
        await bed.ProbeAsync();
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(31));
        await bed.ProbeAsync();
        var log = await bed.Gateway.StopAndReadLogAsync();
        var warning = Assert.Single(log, line => line.Contains("differs from", StringComparison.Ordinal));
        Assert.Contains("Model both on b differs from a", warning, StringComparison.Ordinal);
    }

    /// <summary>When the host whose contents counted is away, the other's count.</summary>
    [Fact]
    public async Task Model_WhoseFirstHostIsDown_IsUsedOnTheOther()
    {
        var other = new EmulatedModel("both:latest", Chats) { Digest = new string('e', 64) };
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, Having(other)]);
        await bed.Ollamas[0].DisposeAsync();
        Assert.Equal("b", (await bed.ChatAsync("both")).Headers[HostHeader]);
    }

    [Fact]
    public async Task Tags_OfTwoHosts_AreTheirEntriesEachNameOnce()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeOn);
        var tags = await bed.GetAsync("/api/tags");
        Assert.Equal("application/json; charset=utf-8", tags.Headers["Content-Type"]);
        Assert.Equal(
            ["one:latest 2026-11-23T00:32:16.305790998Z", "both:latest 2026-11-23T00:32:16.305790998Z", "two:7b 2026-11-23T00:32:16.305790998Z"],
            tags.Json.GetProperty("models").EnumerateArray().Select(tag => $"{tag.GetProperty("name")} {tag.GetProperty("modified_at")}"),
            StringComparer.Ordinal);
        Assert.Equal([1, 1], bed.Seen("/api/tags"));
    }

    [Fact]
    public async Task RunningModels_OfTwoHosts_AreAll()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeOn);
        Assert.Equal("""{"models":[]}""", (await bed.GetAsync("/api/ps")).Body);
        await bed.ChatAsync("both");
        await bed.ChatAsync("two:7b");
        var running = (await bed.GetAsync("/api/ps")).Json.GetProperty("models").EnumerateArray();
        Assert.Equal(["both:latest", "two:7b"], running.Select(model => model.GetProperty("name").GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Lists_WhileAHostFails_AreTheOthers()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeOn);
        bed.Ollamas[0].HealthStatus = 500;
        var tags = (await bed.GetAsync("/api/tags")).Json.GetProperty("models").EnumerateArray();
        Assert.Equal(["both:latest", "two:7b"], tags.Select(tag => tag.GetProperty("name").GetString()), StringComparer.Ordinal);
        bed.Ollamas[1].HealthStatus = 500;
        Assert.Equal(500, (await bed.GetAsync("/api/tags")).Status);
    }

    [Fact]
    public async Task Show_OfAModel_IsOfAHostThatHasIt()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeOn);
        var show = await bed.PostAsync("/api/show", """{"model":"two:7b"}""");
        Assert.Equal((200, "b"), (show.Status, show.Headers[HostHeader]));
        Assert.Equal("a", (await bed.GetAsync("/api/version")).Headers[HostHeader]);
    }

    [Fact]
    public async Task Pull_WithoutAHost_GoesToTheFirstThatIsUp()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeFull);
        Assert.Equal("a", (await PullAsync(bed)).Headers[HostHeader]);
        await bed.Ollamas[0].DisposeAsync();
        await bed.ChatAsync("both");
        Assert.Equal("b", (await PullAsync(bed)).Headers[HostHeader]);
    }

    [Fact]
    public async Task Pull_ToANamedHost_GoesThere()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeFull);
        Assert.Equal("b", (await PullAsync(bed, (HostHeader, "B"))).Headers[HostHeader]);
        Assert.Equal([0, 1], bed.Seen("/api/pull"));
    }

    [Fact]
    public async Task Pull_ToAnUnknownHost_IsRefused()
    {
        await using var bed = await GatewayOverHosts.StartAsync([OneAndBoth, BothAndTwo], NativeFull);
        var answer = await PullAsync(bed, (HostHeader, "c"));
        Assert.Equal(400, answer.Status);
        Assert.Equal("""{"error":"X-LlamaGate-Host names no host. The hosts are: a, b."}""", answer.Body);
    }

    private static GatewaySettings NativeOn(GatewaySettings settings) => settings with { NativeApi = NativeApi.On };

    private static GatewaySettings NativeFull(GatewaySettings settings) => settings with { NativeApi = NativeApi.Full };

    private static EmulatorOptions Having(params EmulatedModel[] models) => new() { Models = models };

    private static async Task<IEnumerable<string?>> IdsAsync(GatewayOverHosts bed) =>
        (await bed.GetAsync("/v1/models")).Json.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString());

    private static async Task<HttpAnswer> PullAsync(GatewayOverHosts bed, params (string, string)[] headers)
    {
        foreach (var ollama in bed.Ollamas)
        {
            ollama.Respond(request => request.Path == "/api/pull" ? Scenario.Lines("""{"status":"success"}""") : null);
        }

        return await bed.PostAsync("/api/pull", """{"model":"new"}""", headers);
    }
}
