using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>Schemas and calls that are nested deeper than a JSON reader takes by default.</summary>
public class NestingTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Schema_ThatIsDeep_ReachesTheModel()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var schema = Nested("""{"type":"object","properties":{"a":""", """{"type":"string"}""", "}}", levels: 100);
        bed.Ollama.Enqueue(Scenario.Says("ok"));
        var answer = await bed.ChatAsync(ChatWith($$$"""{"type":"function","function":{"name":"f","parameters":{{{schema}}}}}"""));
        Assert.Equal(200, answer.Status);
        var sent = await bed.Ollama.NextRequestAsync(LongestWait, "/api/chat");
        Assert.Contains(schema, sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatIsDeep_ReachesTheCaller()
    {
        var arguments = Nested("""{"a":""", "1", "}", levels: 200);
        shared.Bed.Ollama.Enqueue(Scenario.Lines(
            $$$"""{"message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{{{arguments}}}}}]},"done":false}""",
            """{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}"""));
        var answer = await shared.Bed.ChatAsync(ChatWith("""{"type":"function","function":{"name":"f"}}"""));
        Assert.Equal(200, answer.Status);
        Assert.Equal(arguments, answer.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0]
            .GetProperty("function").GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task Body_ThatIsTooDeep_IsAnErrorThatSaysSo()
    {
        var answer = await shared.Bed.ChatAsync($$"""{"model":"plain","x":{{Nested("[", "1", "]", levels: 600)}}}""");
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            "The request body is nested more than 512 levels deep.",
            answer.Json.GetProperty("error").GetProperty("message").GetString());
    }

    private static string ChatWith(string tool) =>
        $$"""{"model":"plain","messages":[{"role":"user","content":"hi"}],"tools":[{{tool}}]}""";

    private static string Nested(string opening, string inmost, string closing, int levels) =>
        string.Concat(Enumerable.Repeat(opening, levels)) + inmost + string.Concat(Enumerable.Repeat(closing, levels));
}
