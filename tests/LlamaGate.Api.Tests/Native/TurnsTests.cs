using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Native;

/// <summary>Native callers and those of other dialects use one runner: Ollama loads a model again for whoever asks for another kind.</summary>
public sealed class TurnsTests
{
    private const string Question = """[{"role":"user","content":"hi"}]""";

    [Fact]
    public async Task NativeAndOpenAICallers_InTurns_LoadTheModelOnce()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        for (var turn = 0; turn < 20; turn++)
        {
            foreach (var (path, body) in new[]
            {
                ("/api/chat", $$"""{"model":"plain","messages":{{Question}}}"""),
                ("/v1/chat/completions", $$"""{"model":"plain","messages":{{Question}},"stream":true}"""),
                ("/api/generate", """{"model":"plain","prompt":"hi","stream":false}"""),
                ("/v1/responses", """{"model":"plain","input":"hi"}"""),
            })
            {
                Assert.Equal(200, (await bed.CallAsync("POST", path, body, ("Content-Type", "application/json"))).Status);
            }
        }

        Assert.Equal(["plain:latest"], bed.Ollama.Loads, StringComparer.Ordinal);
    }

    [Fact]
    public async Task NativeCaller_WhoAsksForAnotherContext_GetsIt()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        foreach (var options in new[] { "{}", """{"num_ctx":1024}""", "{}" })
        {
            await bed.CallAsync("POST", NativeCalls.Chat, $$"""{"model":"plain","messages":{{Question}},"options":{{options}}}""");
        }

        Assert.Equal(3, bed.Ollama.Loads.Count);
    }
}
