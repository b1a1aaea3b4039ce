using System.Text.Json;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Infrastructure.Ollama;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class OllamaEmbeddingClientTests : IDisposable
{
    private readonly MemoryUpstream _upstream = new() { Answer = _ => throw new InvalidOperationException() };

    public void Dispose() => _upstream.Dispose();

    [Fact]
    public async Task Embed_OfMoreThanABatch_SendsSeveralCallsAndAddsThemUp()
    {
        _upstream.Answer = _ => Answer(InputsOf(_upstream.Requests.Last().Body));
        var calls = new WatchedCalls(_upstream.Calls);
        var client = new OllamaEmbeddingClient(calls, _upstream.MissingModels, MemoryUpstream.Options);
        string[] inputs = [.. Enumerable.Repeat("x", OllamaEmbeddingClient.BatchSize + 1)];
        var result = await client.EmbedAsync(new EmbeddingRequest("embed", inputs), MemoryUpstream.Context, default);
        Assert.Equal(inputs.Length, result.Vectors.Count);
        Assert.Equal(inputs.Length, result.PromptTokens);
        Assert.Equal(TimeSpan.FromMilliseconds(2), result.Timings.Load);
        Assert.Equal(TimeSpan.FromMilliseconds(4), result.Timings.Prompt);
        Assert.Equal(
            ["start Embed embed r1", "end 128+0", "dispose", "start Embed embed r1", "end 1+0", "dispose"],
            calls.Seen,
            StringComparer.Ordinal);
    }

    private static int InputsOf(string body) => JsonElement.Parse(body).GetProperty("input").GetArrayLength();

    private static Task<HttpResponseMessage> Answer(int inputs) => MemoryUpstream.Json(
        $$"""
        {"embeddings":[{{string.Join(',', Enumerable.Repeat("[1,2]", inputs))}}],
        "total_duration":3000000,"load_duration":1000000,"prompt_eval_count":{{inputs}}}
        """);
}
