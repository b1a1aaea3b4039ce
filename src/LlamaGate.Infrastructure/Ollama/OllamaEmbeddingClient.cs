using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Calls <c>/api/embed</c>. Many inputs are sent in batches, one after the other: Ollama processes the inputs of one
/// call concurrently anyway, other callers get their turn in between, and one failure ends the whole request.
/// </summary>
internal sealed class OllamaEmbeddingClient(IUpstreamCalls calls, MissingModels missingModels, OllamaOptions options) : IEmbeddingClient
{
    /// <summary>Maximum inputs of one upstream call.</summary>
    internal const int BatchSize = 128;

    /// <summary>The same on shared hosts, where a call holds the only slot of the model until its last input.</summary>
    internal const int SharedBatchSize = 32;

    private static readonly OllamaJsonContext Json = OllamaJsonContext.Instance;

    public async Task<EmbeddingResult> EmbedAsync(
        EmbeddingRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var vectors = new List<ReadOnlyMemory<float>>(request.Inputs.Count);
        var promptTokens = 0;
        var (load, total) = (0L, 0L);
        var arrival = new RequestArrival();
        foreach (var batch in request.Inputs.Chunk(options.Hosts.IsShared ? SharedBatchSize : BatchSize))
        {
            var response = await SendAsync(request, batch, arrival, context, cancellationToken);
            EmbeddingAnswerMapping.Append(response, batch.Length, vectors);
            promptTokens += response.PromptEvalCount;
            load += response.LoadDuration;
            total += response.TotalDuration;
        }

        return new EmbeddingResult(vectors, promptTokens, EmbeddingAnswerMapping.ToTimings(load, total));
    }

    private async Task<OllamaEmbedResponse> SendAsync(
        EmbeddingRequest request, string[] batch, RequestArrival arrival, RequestContext context, CancellationToken cancellationToken)
    {
        using var body = OllamaEmbedBody.Create(request, batch, options.TruncateOverlongPrompts);
        var call = new UpstreamCall(UpstreamEndpoint.Embed, context)
        {
            Model = request.Model,
            Body = body.Json,
            Demand = options.Hosts.IsShared || context.Caller.Policy.HasQuota ? CallDemands.Of(request, batch, body.OptionsAt) with { Arrival = arrival } : null,
        };
        try
        {
            return await calls.ReadAsync(call, Json.OllamaEmbedResponse, cancellationToken, ToEnd);
        }
        catch (GatewayException failure) when (failure.Error is GatewayError.ModelNotFound)
        {
            throw await missingModels.ExplainAsync(failure, request.Model, context, cancellationToken);
        }
    }

    private static UpstreamEnd ToEnd(OllamaEmbedResponse response) => new(
        new TokenUsage(response.PromptEvalCount, CompletionTokens: 0),
        EmbeddingAnswerMapping.ToTimings(response.LoadDuration, response.TotalDuration));
}
