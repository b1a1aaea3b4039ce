using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>What a test in the same process can tell the emulator to answer.</summary>
public sealed class ScriptTests : IAsyncLifetime
{
    private readonly SharedEmulator _shared = new();

    private EmulatedOllama Emulator => _shared.Emulator;

    public Task InitializeAsync() => _shared.InitializeAsync();

    public Task DisposeAsync() => _shared.DisposeAsync();

    [Fact]
    public async Task Enqueue_OfARecording_AnswersTheNextInferenceOnly()
    {
        Emulator.Enqueue(Scenario.Recorded("chat_tools_stream"));

        var version = await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version");
        var first = await Emulator.ChatAsync("plain");
        var second = await Emulator.ChatAsync("plain");

        Assert.Equal(Recording.Named("version").Body, version.Body);
        Assert.Equal(Recording.Named("chat_tools_stream").Body, first.Body);
        Assert.StartsWith("""{"model":"plain",""", second.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_ForAPath_WaitsForThatPath()
    {
        Emulator.Enqueue(Scenario.Fails(503), "/api/tags");

        Assert.Equal(200, (await Emulator.ChatAsync("plain")).Status);
        Assert.Equal(503, (await RawConnection.ExchangeAsync(Emulator, "GET", "/api/tags")).Status);
        Assert.Equal(200, (await RawConnection.ExchangeAsync(Emulator, "GET", "/api/tags")).Status);
    }

    [Fact]
    public async Task Enqueue_OfFaultsAlone_LeavesTheAnswerToTheEndpoint()
    {
        Emulator.Enqueue(Scenario.Default with { SplitBytes = 5 }, "/api/version");
        Emulator.Enqueue(Scenario.Default with { LinesPerPacket = 100 });

        var version = await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version");
        var chat = await Emulator.ChatAsync("demo");

        Assert.Equal(Recording.Named("version").Body, version.Body);
        Assert.Single(chat.Chunks);
    }

    [Fact]
    public async Task Respond_ByRequest_IsAskedLatestFirst()
    {
        Emulator.Respond(_ => Scenario.Fails(418, "early"));
        Emulator.Respond(request => IsFor(request, "tiny") ? Scenario.Says("late") : null);

        Assert.Equal("""{"error":"early"}""", (await Emulator.ChatAsync("plain")).Body);
        Assert.Contains("late", (await Emulator.ChatAsync("tiny")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokens-2_tools-own")]
    [InlineData("tools-own_tokens-2")]
    public async Task Directives_InAnyOrder_MeanTheSame(string directives)
    {
        Emulator.Enqueue(Scenario.Parse(directives));

        var response = await Emulator.ChatAsync("tiny");

        Assert.Equal(4, response.Lines.Length);
        Assert.Contains("tool_calls", response.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_OfTheEmulator_ForgetsEverything()
    {
        Emulator.Respond(_ => Scenario.Fails(418, "no"));
        Emulator.HealthStatus = 500;
        Emulator.Enqueue(Scenario.Fails(503));
        await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version");

        Emulator.Reset();

        Assert.Empty(Emulator.Requests);
        Assert.Equal(200, (await Emulator.ChatAsync("plain")).Status);
        Assert.Equal(200, (await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version")).Status);
    }

    [Fact]
    public async Task HealthStatus_WhenSet_FailsEveryGetButNoPost()
    {
        Emulator.HealthStatus = 503;

        foreach (var path in new[] { "/", "/api/version", "/api/tags", "/api/ps" })
        {
            Assert.Equal(503, (await RawConnection.ExchangeAsync(Emulator, "GET", path)).Status);
        }

        Assert.Equal(200, (await Emulator.ChatAsync("plain")).Status);
    }

    [Fact]
    public async Task Lines_OfATest_AreSentAsTheyAre()
    {
        Emulator.Enqueue(Scenario.Lines("{", "", "nonsense"));

        Assert.Equal(["{\n", "\n", "nonsense\n"], (await Emulator.ChatAsync("plain")).Chunks);
    }

    [Fact]
    public async Task Header_WithDirectives_ScriptsTheAnswer()
    {
        var response = await RawConnection.PostAsync(
            Emulator, "/api/chat", EmulatedClient.ChatBody("plain"), ("X-Emulator-Scenario", "tokens-2_fail-silent"));

        Assert.Equal(2, response.Lines.Length);
    }

    [Fact]
    public async Task ToolCall_OfATest_KeepsItsIdAndArguments()
    {
        Emulator.Enqueue(Scenario.Calls(ToolCallForm.OwnLine, new EmulatedToolCall("f", """{"a":[1,null]}""", "call_fixed000")));

        var response = await Emulator.ChatAsync("tiny");

        Assert.Contains(
            """
            "tool_calls":[{"id":"call_fixed000","function":{"index":0,"name":"f","arguments":{"a":[1,null]}}}]},"done":false}
            """,
            response.Lines[0],
            StringComparison.Ordinal);
    }

    private static bool IsFor(RecordedRequest request, string model) =>
        request.Json().GetProperty("model").GetString() == model;
}
