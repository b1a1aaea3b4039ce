using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>Nothing of the sharing is there with one host and no variable that turns it on.</summary>
public sealed class SingleHostTests
{
    [Fact]
    public async Task Calls_OfAHostThatIsNotShared_ReachItAsTheyAreAndNothingElseDoes()
    {
        const string Native = """
            {"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":false,"shift":false,"keep_alive":7,
             "options":{"num_predict":3,"num_ctx":2048,"num_gpu":1}}
            """;
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { NativeApi = NativeApi.On });
        var chat = await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal(200, chat.Status);
        Assert.DoesNotContain("X-LlamaGate-Queue", chat.Headers);
        Assert.DoesNotContain("X-LlamaGate-Host", chat.Headers);
        Assert.Equal(200, (await bed.PostAsync("/api/chat", Native)).Status);
        Assert.Equal(200, (await bed.PostAsync("/v1/embeddings", """{"model":"embed","input":"a"}""")).Status);
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            [
                $"POST /api/chat {ChatBody.Native()}",
                $"POST /api/chat {Native}",
                """POST /api/embed {"model":"embed","input":["a"],"truncate":false}""",
            ],
            bed.Ollama.Requests.Select(request => $"{request.Method} {request.Path} {request.Body}"), StringComparer.Ordinal);
    }
}
