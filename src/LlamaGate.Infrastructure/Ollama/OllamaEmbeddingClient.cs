using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Speaks <c>/api/embed</c>. Many inputs go upstream in batches, one after the other: Ollama works on the inputs of one call at
/// the same time anyway, other callers get their turn between, and one failure ends it all.
/// </summary>
internal sealed class OllamaEmbeddingClient(
    OllamaTransport transport, OllamaOptions options, ExchangeFacts facts, TimeProvider timeProvider) : IEmbeddingClient
{
    /// <summary>Most inputs of one upstream call.</summary>
    internal const int BatchSize = 128;

    private static readonly OllamaJsonContext Json = OllamaJsonContext.Instance;

    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            var vectors = new List<ReadOnlyMemory<float>>(request.Inputs.Count);
            var promptTokens = 0;
            var (load, total) = (0L, 0L);
            foreach (var batch in request.Inputs.Chunk(BatchSize))
            {
                var response = await SendAsync(request, batch, cancellationToken);
                watch.FirstToken();
                EmbeddingAnswerMapping.Append(response, batch.Length, vectors);
                promptTokens += response.PromptEvalCount;
                load += response.LoadDuration;
                total += response.TotalDuration;
            }

            // Embedding is nothing but reading the prompt.
            var timings = OllamaDurations.ToTimings(load, prompt: Math.Max(0, total - load), eval: 0);
            return new EmbeddingResult(vectors, promptTokens, timings);
        }
        finally
        {
            watch.Stop();
        }
    }

    private async Task<OllamaEmbedResponse> SendAsync(EmbeddingRequest request, string[] batch, CancellationToken cancellationToken)
    {
        var wire = new OllamaEmbedRequest
        {
            Model = request.Model,
            Input = batch,
            Truncate = options.TruncateOverlongPrompts ? null : false,
            Dimensions = request.Dimensions,
            Options = request.Options,
            KeepAlive = request.KeepAlive,
        };
        var body = UpstreamBody.Of(wire, Json.OllamaEmbedRequest);
        using var answer = await transport.SendAsync(
            HttpMethod.Post, OllamaEndpoint.Embed, body, facts.RequestId, cancellationToken);
        return await answer.ReadAsync(Json.OllamaEmbedResponse);
    }
}
