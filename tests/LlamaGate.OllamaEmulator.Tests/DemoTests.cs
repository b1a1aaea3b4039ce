using System.Text.Json;
using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>The demo models are good company and honest about it.</summary>
public sealed class DemoTests : IAsyncLifetime
{
    private const string WeatherTool =
        """[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city","unit"]}}}]""";

    private EmulatedOllama? _emulator;

    private EmulatedOllama Emulator =>
        _emulator ?? throw new InvalidOperationException("The emulator has not been started.");

    public async Task InitializeAsync() =>
        _emulator = await EmulatedOllama.StartAsync(new EmulatorOptions { Demo = true, DemoGap = TimeSpan.Zero });

    public async Task DisposeAsync() => await Emulator.DisposeAsync();

    [Fact]
    public async Task Tags_InDemoMode_ListOnlyTheDemoModelsInTheRecordedShape()
    {
        var tags = await RawConnection.ExchangeAsync(Emulator, "GET", "/api/tags");

        using var json = JsonDocument.Parse(tags.Body);
        var models = json.RootElement.GetProperty("models").EnumerateArray();
        Assert.Equal(
            ["demo:latest", "demo-thinking:latest", "demo-embed:latest"],
            models.Select(model => model.GetProperty("name").GetString()),
            StringComparer.Ordinal);
        Assert.Matches("\"digest\":\"[0-9a-f]{64}\"", tags.Body);
        var recorded = JsonShape.Of(Recording.Named("tags").Body);
        Assert.Equal(recorded, JsonShape.Of(tags.Body));
    }

    [Fact]
    public async Task Chat_WithAUserMessage_EchoesItAndCountsHonestly()
    {
        var answer = await AskAsync("\"messages\":[{\"role\":\"user\",\"content\":\"hello <b> you\"}]");
        var streamed = await RawConnection.PostAsync(
            Emulator, "/api/chat", """{"model":"demo","messages":[{"role":"user","content":"hello <b> you"}]}""");

        var text = Content(answer);
        Assert.StartsWith("You said \"hello <b> you\"", text, StringComparison.Ordinal);
        Assert.Equal(3, answer.GetProperty("prompt_eval_count").GetInt32());
        Assert.Equal(streamed.Lines.Length - 1, answer.GetProperty("eval_count").GetInt32());
        Assert.Equal(text, string.Concat(streamed.Lines.Select(line => Content(JsonDocument.Parse(line).RootElement))));
        Assert.Contains("\\u003cb\\u003e", streamed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithNumPredict_IsCutWithReasonLength()
    {
        var answer = await AskAsync("""
            "messages":[{"role":"user","content":"hi"}],"options":{"num_predict":2}
            """);

        Assert.Equal("You said", Content(answer));
        Assert.Equal("length", answer.GetProperty("done_reason").GetString());
        Assert.Equal(2, answer.GetProperty("eval_count").GetInt32());
    }

    [Fact]
    public async Task Chat_WithStop_EndsBeforeIt()
    {
        var answer = await AskAsync("""
            "messages":[{"role":"user","content":"hi"}],"options":{"stop":["heard","said "]}
            """);

        Assert.Equal("You ", Content(answer));
        Assert.Equal("stop", answer.GetProperty("done_reason").GetString());
    }

    [Theory]
    [InlineData("what is the weather in Rome?")]
    [InlineData("please get weather for Rome")]
    public async Task Chat_WithToolsAndAMention_CallsTheTool(string asked)
    {
        var answer = await AskAsync($$"""
            "messages":[{"role":"user","content":"{{asked}}"}],"tools":{{WeatherTool}}
            """);

        var call = answer.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal("get_weather", call.GetProperty("name").GetString());
        Assert.Equal("""{"city":"Rome","unit":"celsius"}""", call.GetProperty("arguments").GetRawText());
    }

    [Fact]
    public async Task Chat_WithToolsButNoMention_AnswersInText()
    {
        var answer = await AskAsync($$"""
            "messages":[{"role":"user","content":"hi"}],"tools":{{WeatherTool}}
            """);

        Assert.False(answer.GetProperty("message").TryGetProperty("tool_calls", out _));
    }

    [Fact]
    public async Task Chat_AfterAToolResult_UsesItsContent()
    {
        var answer = await AskAsync($$"""
            "messages":[{"role":"user","content":"weather in Rome?"},{"role":"assistant","content":"","tool_calls":[{"function":{"name":"get_weather","arguments":{} } }]},{"role":"tool","content":"18 degrees"}],"tools":{{WeatherTool}}
            """);

        Assert.Contains("18 degrees", Content(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithFormatJson_AnswersWithAnObject()
    {
        var answer = await AskAsync("""
            "messages":[{"role":"user","content":"say \"hi\""}],"format":"json"
            """);

        using var content = JsonDocument.Parse(Content(answer));
        Assert.Contains("say \"hi\"", content.RootElement.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":18},"ok":{"type":"boolean"}},"required":["age","ok"]}""", """{"age":18,"ok":true}""")]
    [InlineData("""{"type":"object","properties":{"kind":{"enum":["cat","dog"]},"list":{"type":"array","minItems":2,"items":{"type":"number","maximum":0}}}}""", """{"kind":"cat","list":[0,0]}""")]
    [InlineData("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"id":{"const":7},"next":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/node"}]}}}}}""", """{"id":7,"next":null}""")]
    [InlineData("""{"type":["null","string"],"minLength":6,"maxLength":9}""", "\"demo--\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "[]")]
    public async Task Chat_WithASchema_AnswersWithAnInstance(string schema, string expected)
    {
        var answer = await AskAsync($$"""
            "messages":[{"role":"user","content":"hi"}],"format":{{schema}}
            """);

        Assert.Equal(expected, Content(answer));
    }

    [Fact]
    public async Task Chat_BeyondTheContextWithoutTruncation_IsRefusedAsRecorded()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 8193));
        var body = $$"""{"model":"demo","truncate":false,"shift":false,"messages":[{"role":"user","content":"{{words}}"}]}""";

        var response = await RawConnection.PostAsync(Emulator, "/api/chat", body);

        var recorded = Recording.Named("chat_prompt_longer_than_ctx_notrunc");
        Assert.Equal(recorded.Status, response.Status);
        Assert.Equal(
            recorded.Body
                .Replace("1534", "8193", StringComparison.Ordinal)
                .Replace("256", "8192", StringComparison.Ordinal),
            response.Body);
    }

    [Fact]
    public async Task DemoThinking_UnlessToldNotTo_ThinksFirst()
    {
        var thinking = await AskAsync("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", "demo-thinking");
        var not = await AskAsync(
            "\"think\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]", "demo-thinking");

        Assert.Equal(
            "Let me think about this first", thinking.GetProperty("message").GetProperty("thinking").GetString());
        Assert.False(not.GetProperty("message").TryGetProperty("thinking", out _));
    }

    [Fact]
    public async Task DemoEmbed_OfTheSameText_IsTheSameNormalisedVector()
    {
        var response = await RawConnection.PostAsync(
            Emulator, "/api/embed", """{"model":"demo-embed","input":["sky","grass is green","sky"]}""");

        using var json = JsonDocument.Parse(response.Body);
        var vectors = json.RootElement.GetProperty("embeddings").EnumerateArray().ToArray();
        Assert.Equal(vectors[0].GetRawText(), vectors[2].GetRawText());
        Assert.NotEqual(vectors[0].GetRawText(), vectors[1].GetRawText(), StringComparer.Ordinal);
        Assert.All(vectors, vector =>
        {
            Assert.Equal(32, vector.GetArrayLength());
            Assert.Equal(1, vector.EnumerateArray().Sum(value => value.GetDouble() * value.GetDouble()), 5);
        });
    }

    [Fact]
    public async Task Show_OfADemoModel_HasTheRecordedShape()
    {
        var response = await RawConnection.PostAsync(Emulator, "/api/show", """{"model":"demo"}""");

        Assert.Equal(JsonShape.Of(Recording.Named("show_ok").Body), JsonShape.Of(response.Body));
    }

    private static string Content(JsonElement answer) =>
        answer.GetProperty("message").GetProperty("content").GetString() ?? string.Empty;

    private async Task<JsonElement> AskAsync(string members, string model = "demo")
    {
        var body = $$"""{"model":"{{model}}","stream":false,{{members}}}""";
        var response = await RawConnection.PostAsync(Emulator, "/api/chat", body);
        Assert.Equal(200, response.Status);
        using var json = JsonDocument.Parse(response.Body);
        return json.RootElement.Clone();
    }
}
