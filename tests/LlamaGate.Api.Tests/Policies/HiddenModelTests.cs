using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Native;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Policies;

/// <summary>A model that a key may not use is not there: not in lists, not by its name, not in advice.</summary>
public sealed class HiddenModelTests : IAsyncLifetime
{
    private const string Limited = "limited";
    private const string Unlimited = "unlimited";
    private const string Nothing = "nothing";
    private const string Anthropic = "anthropic-version";

    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public async Task InitializeAsync() => _bed = await GatewayOverOllama.StartAsync(
        settings => settings.WithAliases(("small", "tiny"), ("big", "plain"), ("vectors", "embed")) with { CacheEnabled = true },
        NamedCallers.Are(
            NamedCallers.Allowed(Unlimited, "*"), NamedCallers.Allowed(Limited, "*", "!tiny*"), NamedCallers.Allowed(Nothing)));

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData(Unlimited, "plain:latest tiny:latest embed:latest big small vectors")]
    [InlineData(Limited, "plain:latest embed:latest big vectors")]
    [InlineData(Nothing, "")]
    public async Task List_InEachForm_HasTheAllowedModelsAndTheirAliases(string key, string expected)
    {
        string[] names = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Order(StringComparer.Ordinal), (await IdsAsync("/v1/models", key)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(names.Order(StringComparer.Ordinal), (await IdsAsync("/v1/models", key, (Anthropic, "2023-06-01"))).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(names.Order(StringComparer.Ordinal), (await NamesAsync("/api/tags", key)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheList_IsCountedWithoutHiddenModels()
    {
        var all = await IdsAsync("/v1/models", Limited, (Anthropic, "2023-06-01"));
        var first = await GetAsync("/v1/models?limit=2", Limited, (Anthropic, "2023-06-01"));
        Assert.Equal(all.Take(2), IdsOf(first), StringComparer.Ordinal);
        var second = await GetAsync($"/v1/models?limit=2&after_id={all[1]}", Limited, (Anthropic, "2023-06-01"));
        Assert.Equal(all.Skip(2), IdsOf(second), StringComparer.Ordinal);
        Assert.False(second.Json.GetProperty("has_more").GetBoolean());
        Assert.Equal(400, (await GetAsync("/v1/models?after_id=tiny:latest", Limited, (Anthropic, "2023-06-01"))).Status);
        Assert.Equal(200, (await GetAsync("/v1/models?after_id=tiny:latest", Unlimited, (Anthropic, "2023-06-01"))).Status);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny:latest")]
    [InlineData("TINY")]
    [InlineData("small")]
    public async Task Get_OfAHiddenModel_IsAsOfOneThatIsNotThere(string id)
    {
        Assert.Equal(200, (await GetAsync("/v1/models/" + id, Unlimited)).Status);
        var answer = await GetAsync("/v1/models/" + id, Limited);
        Assert.Equal(404, answer.Status);
        Assert.Equal(
            $$$"""{"error":{"message":"The model '{{{id}}}' does not exist.","type":"invalid_request_error","param":"model","code":"model_not_found"}}""",
            answer.Body);
        Assert.Equal(404, (await GetAsync("/v1/models/" + id, Limited, (Anthropic, "2023-06-01"))).Status);
        Assert.Equal(200, (await GetAsync("/v1/models/big", Limited)).Status);
    }

    [Fact]
    public async Task Tags_OfALimitedKey_AreTheOthersBytesWithoutThoseOfTheModel()
    {
        var all = (await GetAsync("/api/tags", Unlimited)).Body;
        Assert.StartsWith((await DirectlyAsync("/api/tags"))[..^2], all, StringComparison.Ordinal);
        var entries = (await GetAsync("/api/tags", Unlimited)).Json.GetProperty("models").EnumerateArray().Select(entry => entry.GetRawText());
        var allowed = entries.Where(entry => !entry.Contains("\"tiny:latest\"", StringComparison.Ordinal) && !entry.Contains("\"small\"", StringComparison.Ordinal));
        Assert.Equal($$"""{"models":[{{string.Join(',', allowed)}}]}""", (await GetAsync("/api/tags", Limited)).Body);
        Assert.Equal("""{"models":[]}""", (await GetAsync("/api/tags", Nothing)).Body);
    }

    [Fact]
    public async Task Tags_WithoutAliases_AreFilteredTooAndUntouchedForAnUnlimitedKey()
    {
        await using var bed = await GatewayOverOllama.StartAsync(
            configure: NamedCallers.Are(NamedCallers.Allowed(Unlimited, "*"), NamedCallers.Allowed(Limited, "tiny")));
        bed.Ollama.Respond(_ => new Scenario
        {
            Answer = new RawAnswer(200, "application/json") { Body = """{ "models": [ {"name":"plain:latest"} , {"name":"tiny:latest"} ], "x": 1 }"""u8.ToArray() },
        });
        Assert.Equal(
            """{ "models": [ {"name":"plain:latest"} , {"name":"tiny:latest"} ], "x": 1 }""",
            (await bed.CallAsync("GET", "/api/tags", body: (string?)null, NamedCallers.Key(Unlimited))).Body);
        Assert.Equal(
            """{ "models": [ {"name":"tiny:latest"} ], "x": 1 }""",
            (await bed.CallAsync("GET", "/api/tags", body: (string?)null, NamedCallers.Key(Limited))).Body);
    }

    [Fact]
    public async Task RunningModels_OfALimitedKey_AreTheAllowedOnes()
    {
        await _bed.CallAsync("POST", "/api/generate", """{"model":"tiny"}""", NamedCallers.Key(Unlimited));
        await _bed.CallAsync("POST", "/api/generate", """{"model":"plain"}""", NamedCallers.Key(Unlimited));
        Assert.Equal(["big", "plain:latest", "small", "tiny:latest"], (await NamesAsync("/api/ps", Unlimited)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["big", "plain:latest"], (await NamesAsync("/api/ps", Limited)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"models":["tiny:latest"]}""")]
    [InlineData("""{"models":[{"name":"tiny:latest"}""")]
    [InlineData("tiny:latest")]
    public async Task Tags_ThatCannotBeRead_AreEmptyForALimitedKey(string list)
    {
        Answer(list);
        Assert.Equal(list, (await GetAsync("/api/tags", Unlimited)).Body);
        Answer(list);
        Assert.Equal("""{"models":[]}""", (await GetAsync("/api/tags", Limited)).Body);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"tinny","messages":[{"role":"user","content":"hi"}]}""", "model 'tinny' not found")]
    [InlineData("/v1/embeddings", """{"model":"tinny","input":"hi"}""", "model \\\"tinny\\\" not found")]
    public async Task Advice_ForAModelThatIsNotThere_NamesNoHiddenOne(string path, string body, string said)
    {
        await using var bed = await GatewayOverOllama.StartAsync(
            configure: NamedCallers.Are(NamedCallers.Allowed(Unlimited, "*"), NamedCallers.Allowed(Limited, "*", "!tiny")));
        Assert.Contains("Did you mean 'tiny'?", (await bed.PostAsync(path, body, NamedCallers.Key(Unlimited))).Body, StringComparison.Ordinal);
        var answer = await bed.PostAsync(path, body, NamedCallers.Key(Limited));
        Assert.Contains(
            said + ". Pull the model with `ollama pull tinny`, or choose one that GET /v1/models lists.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advice_OfASharedCall_IsEachCallersOwn()
    {
        // Whether the second caller joins in time is known only afterwards.
        for (var attempt = 1; !await IsAdviceOfASharedCallEachCallersOwnAsync($"tinny-{attempt}", $"tiny-{attempt}"); attempt++)
        {
            Assert.True(attempt < 50, "The second caller never joined the first one's call.");
        }
    }

    /// <returns>Whether the call was shared.</returns>
    private async Task<bool> IsAdviceOfASharedCallEachCallersOwnAsync(string asked, string near)
    {
        var body = $$"""{"model":"{{asked}}","messages":[{"role":"user","content":"hi"}]}""";
        var gate = new Gate();
        var calls = 0;
        _bed.Ollama.Reset();
        _bed.Ollama.Respond(request => request.Path switch
        {
            "/api/chat" => Interlocked.Increment(ref calls) == 1 ? Answering(404, $$"""{"error":"model '{{asked}}' not found"}""").PauseAt(0, gate) : null,
            "/api/tags" => Answering(200, $$"""{"models":[{"name":"{{near}}:latest"}]}"""),
            _ => null,
        });
        var first = _bed.PostAsync("/v1/chat/completions", body, NamedCallers.Key(Unlimited));
        await gate.Reached;
        var second = _bed.PostAsync("/v1/chat/completions", body, NamedCallers.Key(Limited));
        await _bed.RunningAsync(2);
        gate.Release();
        Assert.Contains($"Did you mean '{near}'?", (await first).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(near, (await second).Body, StringComparison.Ordinal);
        Assert.Contains("Pull the model with", (await second).Body, StringComparison.Ordinal);
        return calls == 1;
    }

    private static Scenario Answering(int status, string json) =>
        new() { Answer = new RawAnswer(status, "application/json") { Body = System.Text.Encoding.UTF8.GetBytes(json) } };

    private async Task<IReadOnlyList<string>> IdsAsync(string path, string key, params (string Name, string Value)[] headers) =>
        IdsOf(await GetAsync(path, key, headers));

    private static IReadOnlyList<string> IdsOf(HttpAnswer answer) =>
        [.. answer.Json.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!)];

    private async Task<IReadOnlyList<string>> NamesAsync(string path, string key) =>
        [.. (await GetAsync(path, key)).Json.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!)];

    private Task<HttpAnswer> GetAsync(string path, string key, params (string Name, string Value)[] headers) =>
        _bed.CallAsync("GET", path, body: (string?)null, [NamedCallers.Key(key), .. headers]);

    private async Task<string> DirectlyAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = _bed.Ollama.Address };
        return await client.GetStringAsync(path);
    }

    private void Answer(string tags) => _bed.Ollama.Enqueue(Answering(200, tags), "/api/tags");
}
