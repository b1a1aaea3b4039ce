using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Native;

/// <summary>A model that is named by an alias: Ollama is told the model, the caller reads the alias, and nothing else changes.</summary>
public sealed class AliasTests : IAsyncLifetime
{
    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public async Task InitializeAsync() => _bed = await GatewayOverOllama.StartAsync(Aliased);

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData("""{"model":"gpt-4o","messages":[1],"stream":true}""", """{"model":"plain","messages":[1],"stream":true}""", "\"gpt-4o\"")]
    [InlineData("""{"messages":[], "Model" : "GPT-4o" }""", """{"messages":[], "Model" : "plain" }""", "\"GPT-4o\"")]
    [InlineData("""{"model":"gp\u0074-4o","x":"gpt-4o"}""", """{"model":"plain","x":"gpt-4o"}""", "\"gp\\u0074-4o\"")]
    [InlineData("""{"model":"ä/b","name":"gpt-4o"}""", """{"model":"tiny","name":"plain"}""", "\"ä/b\"")]
    [InlineData("""{"model":"plain"}""", """{"model":"plain"}""", "\"plain\"")]
    public async Task Chat_OfAnAlias_IsRenamedThereAndBack(string body, string upstream, string asked)
    {
        _bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        var answer = await _bed.CallAsync("POST", NativeCalls.Chat, body);
        Assert.Equal(upstream, (await _bed.NextChatUpstreamAsync()).Body);
        Assert.Equal(Recording.Named("chat_stream").Body.Replace("{\"model\":\"plain\"", "{\"model\":" + asked, StringComparison.Ordinal), answer.Body);
    }

    [Fact]
    public async Task Lines_ThatBeginOtherwise_AreRenamedAllTheSame()
    {
        _bed.Ollama.Enqueue(Scenario.Lines(
            """{"model":"plain","a":1}""",
            """{"a":{"model":"plain"},"model":"plain" ,"b":2}""",
            """{"a":"model"}""",
            """{"model":"plain","done":true}"""));
        var answer = await _bed.CallAsync("POST", NativeCalls.Chat, """{"model":"gpt-4o"}""");
        Assert.Equal(
            """
            {"model":"gpt-4o","a":1}
            {"a":{"model":"plain"},"model":"gpt-4o" ,"b":2}
            {"a":"model"}
            {"model":"gpt-4o","done":true}

            """.ReplaceLineEndings("\n"),
            answer.Body);
    }

    [Theory]
    [InlineData("/api/embed", "embed_string")]
    [InlineData("/api/show", "show_ok")]
    public async Task WholeAnswer_OfAnAlias_IsRenamed(string path, string recording)
    {
        _bed.Ollama.Enqueue(Scenario.Recorded(recording), path);
        var answer = await _bed.CallAsync("POST", path, """{"model":"vectors","input":"a"}""");
        Assert.Equal("""{"model":"embed","input":"a"}""", (await _bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, path)).Body);
        Assert.Equal(Recording.Named(recording).Body.Replace("{\"model\":\"embed\"", "{\"model\":\"vectors\"", StringComparison.Ordinal), answer.Body);
    }

    [Fact]
    public async Task Tags_WithAliases_ListThemAtTheEnd()
    {
        var plain = await DirectlyAsync("/api/tags");
        var answer = await _bed.GetAsync("/api/tags");
        var models = answer.Json.GetProperty("models").EnumerateArray().ToList();
        Assert.StartsWith(plain[..^2], answer.Body, StringComparison.Ordinal);
        Assert.Equal(
            ["gpt-4o", "vectors", "ä/b"],
            models.Skip(3).Select(model => model.GetProperty("name").GetString()!), StringComparer.Ordinal);
        Assert.All(models, model => Assert.Equal(model.GetProperty("name").GetString(), model.GetProperty("model").GetString()));
        var target = models.Single(model => model.GetProperty("name").ValueEquals("plain:latest"));
        Assert.Equal(target.GetRawText().Replace("plain:latest", "gpt-4o", StringComparison.Ordinal), models[3].GetRawText());
    }

    [Fact]
    public async Task RunningModels_WithAliases_ListThoseOfWhatRuns()
    {
        await _bed.CallAsync("POST", NativeCalls.Chat, """{"model":"gpt-4o"}""");
        var answer = await _bed.GetAsync("/api/ps");
        Assert.Equal(
            ["plain:latest", "gpt-4o"],
            answer.Json.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"models":[]}""")]
    [InlineData("""{"models":null}""")]
    [InlineData("""{"models":[{"name":1}]}""")]
    [InlineData("""{"models":[""")]
    public async Task Tags_OfAnotherForm_PassAsTheyAre(string list)
    {
        _bed.Ollama.Enqueue(new Scenario { Answer = new RawAnswer(200, "application/json") { Body = System.Text.Encoding.UTF8.GetBytes(list) } }, "/api/tags");
        Assert.Equal(list, (await _bed.GetAsync("/api/tags")).Body);
    }

    private async Task<string> DirectlyAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = _bed.Ollama.Address };
        return await client.GetStringAsync(path);
    }

    private static GatewaySettings Aliased(GatewaySettings settings) => settings.WithAliases(
        ("gpt-4o", "plain"), ("vectors", "embed"), ("ä/b", "tiny"), ("gone", "not-there"));
}
