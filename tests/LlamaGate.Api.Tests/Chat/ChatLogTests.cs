using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>What the log tells of chats, and that it never tells what was said.</summary>
public class ChatLogTests
{
    private const string Prompt = "sentinel-prompt";
    private const string Said = "sentinel-answer";
    private const string Key = "sk-sentinel-key";

    private static readonly (string, string)[] Headers = [("X-Request-ID", "r1"), ("Authorization", "Bearer " + Key)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_Ended_IsOneLineWithItsFacts(bool stream)
    {
        await using var bed = await StartAsync(debug: false);
        bed.Ollama.Enqueue(Scenario.Recorded(stream ? "chat_stream" : "chat_nonstream"));
        await bed.ChatAsync(Body(stream), Headers);
        var line = await RequestLineAsync(bed);
        Assert.Equal(
            $$"""{"level":"info","request_id":"r1","method":"POST","path":"/v1/chat/completions","status":200,"latency":"0.000s","ip":"127.0.0.1","time":1703123456,"model":"m","dialect":"chat","key":"default","stream":{{(stream ? "true" : "false")}},"cache":"miss","prompt_tokens":7,"completion_tokens":8,"ttft_ms":0,"upstream_ms":0}""",
            line);
    }

    [Fact]
    public async Task ChatFromTheCache_Ended_SpentNothingUpstream()
    {
        await using var bed = await StartAsync(debug: false);
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        await bed.ChatAsync(Body(false), ("X-Request-ID", "r0"), Headers[1]);
        await bed.ChatAsync(Body(false), Headers);
        Assert.EndsWith(
            "\"stream\":false,\"cache\":\"hit\",\"prompt_tokens\":7,\"completion_tokens\":8}", await RequestLineAsync(bed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatBrokeAfterItsStatus_IsAnErrorLineWithTheCode()
    {
        await using var bed = await StartAsync(debug: false);
        bed.Ollama.Enqueue(Scenario.Recorded("chat_midstream_runner_killed"));
        await bed.ChatAsync(Body(true), Headers);
        var line = JsonElement.Parse(await RequestLineAsync(bed));
        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.Equal("upstream_error", line.GetProperty("error").GetString());
        Assert.Equal(200, line.GetProperty("upstream_status").GetInt32());
    }

    [Fact]
    public async Task Chat_ThatOllamaFailed_HasItsStatus()
    {
        await using var bed = await StartAsync(debug: false);
        bed.Ollama.Enqueue(Scenario.Recorded("chat_model_load_failure"));
        await bed.ChatAsync(Body(false), Headers);
        Assert.Equal(500, JsonElement.Parse(await RequestLineAsync(bed)).GetProperty("upstream_status").GetInt32());
    }

    [Theory]
    [InlineData("chat_missing_model", "info", 404, "model_not_found")]
    [InlineData("chat_model_load_failure", "error", 502, "upstream_error")]
    [InlineData("chat_token_repeat_abort", "error", 502, "upstream_incomplete")]
    public async Task Chat_ThatFailed_HasStatusCodeAndModel(string recording, string level, int status, string code)
    {
        await using var bed = await StartAsync(debug: false);
        bed.Ollama.Enqueue(Scenario.Recorded(recording));
        await bed.ChatAsync(Body(false), Headers);
        var line = JsonElement.Parse(await RequestLineAsync(bed));
        Assert.Equal(level, line.GetProperty("level").GetString());
        Assert.Equal(status, line.GetProperty("status").GetInt32());
        Assert.Equal(code, line.GetProperty("error").GetString());
        Assert.Equal("m", line.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Stream_WhoseClientLeft_IsA499AndNoError()
    {
        await using var bed = await StartAsync(debug: false, key: "");
        bed.Ollama.Enqueue(Scenario.Says(Said, "b").PauseAt(1, new Gate()));
        var stream = await bed.OpenAsync(Body(true));
        await stream.UntilAsync(Said);
        stream.Dispose();
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        var lines = await bed.Gateway.StopAndReadLogAsync();
        var line = JsonElement.Parse(Assert.Single(lines, l => l.Contains("\"status\":", StringComparison.Ordinal)));
        Assert.Equal(499, line.GetProperty("status").GetInt32());
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.DoesNotContain(lines, l => l.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WholeLog_AtDebugOfEveryKindOfChat_HoldsNothingThatWasSaid()
    {
        await using var bed = await StartAsync(debug: true);
        Scenario[] scenarios =
        [
            Scenario.Says(Said), Scenario.Says(Said, Said) with { Ending = Ending.Silent },
            Scenario.Says(Said) with { Ending = Ending.Garbage, EndingAt = 1 }, Scenario.Fails(400, "cannot do " + Said),
            Scenario.Fails(500, "broke at " + Said), Scenario.Lines("{\"error\":\"" + Said + "\"}"), Scenario.Lines(Said),
            Scenario.Calls(ToolCallForm.OwnLine, new EmulatedToolCall(Said, "{\"a\":\"" + Said + "\"}")),
        ];
        foreach (var scenario in scenarios)
        {
            foreach (var stream in (bool[])[false, true])
            {
                bed.Ollama.Enqueue(scenario);
                await bed.ChatAsync(Body(stream), [.. Headers, ("Cache-Control", "no-cache, no-store")]);
            }
        }

        await bed.ChatAsync("{\"model\":\"m\",\"messages\":[{\"role\":\"" + Prompt + "\",\"content\":\"" + Prompt + "\"}]}", Headers);
        await bed.ChatAsync("{\"messages\":\"" + Prompt, Headers);
        await bed.ChatAsync(Body(false), ("Authorization", "Bearer wrong-" + Key));
        var lines = await bed.Gateway.StopAndReadLogAsync();
        Assert.Contains(lines, l => l.Contains("\"level\":\"debug\"", StringComparison.Ordinal));
        Assert.All(lines, l => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(l).ValueKind));
        Assert.DoesNotContain(lines, l => l.Contains("sentinel", StringComparison.Ordinal));
    }

    private static string Body(bool stream) =>
        $$$"""{"model":"m","messages":[{"role":"user","content":"{{{Prompt}}}"}],"stream":{{{(stream ? "true" : "false")}}},"options":{"{{{Prompt}}}":1}}""";

    private static Task<GatewayOverOllama> StartAsync(bool debug, string key = Key) =>
        GatewayOverOllama.StartAsync(s => s with { Debug = debug, ApiKey = key, CacheEnabled = true });

    private static async Task<string> RequestLineAsync(GatewayOverOllama bed) =>
        (await bed.Gateway.StopAndReadLogAsync()).Single(l =>
            l.Contains("\"request_id\":\"r1\"", StringComparison.Ordinal) && l.Contains("\"status\":", StringComparison.Ordinal));
}
