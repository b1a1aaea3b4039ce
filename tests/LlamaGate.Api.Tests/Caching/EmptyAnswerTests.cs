using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>An answer that says nothing is not kept: a caller that asks again because of it must reach the model.</summary>
public sealed class EmptyAnswerTests
{
    private const string ChatPath = "/v1/chat/completions";
    private const string CompletionPath = "/v1/completions";
    private const string ResponsePath = "/v1/responses";

    private const string Nothing = """{"message":{"role":"assistant","content":""},"response":"","done":true,"done_reason":"stop"}""";

    private const string Thoughts = """{"message":{"role":"assistant","content":"","thinking":"hm"},"response":"","thinking":"hm","done":false}""";

    private const string Cut = """{"message":{"role":"assistant","content":""},"response":"","done":true,"done_reason":"length"}""";

    [Theory]
    [InlineData(ChatPath, """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData(ChatPath, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true}""")]
    [InlineData(CompletionPath, """{"model":"plain","prompt":"hi"}""")]
    [InlineData(CompletionPath, """{"model":"plain","prompt":"hi","stream":true}""")]
    [InlineData(ResponsePath, """{"model":"plain","input":"hi"}""")]
    [InlineData(ResponsePath, """{"model":"plain","input":"hi","stream":true}""")]
    public async Task EmptyAnswer_AskedAgain_ReachesTheModel(string path, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true });
        bed.Ollama.Enqueue(Scenario.Lines(Nothing));
        bed.Ollama.Enqueue(Scenario.Lines(Thoughts, Cut));

        Assert.Equal(200, (await bed.PostAsync(path, body)).Status);
        Assert.Equal(200, (await bed.PostAsync(path, body)).Status);
        Assert.Equal(2, bed.Ollama.Requests.Count);

        // What has substance is kept, so that the first two are no accident.
        await bed.PostAsync(path, body);
        await bed.PostAsync(path, body);
        Assert.Equal(3, bed.Ollama.Requests.Count);
    }
}
