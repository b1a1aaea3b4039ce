using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Embeddings;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Requests;

/// <summary>The facts of an answer with embeddings, which has no tokens of its own.</summary>
internal sealed class EmbeddingFacts : IAnswerFacts
{
    public EmbeddingFacts(EmbeddingAnswer answer)
    {
        Cache = answer.Cache;
        Usage = new(answer.Result.PromptTokens, 0);
        Timings = answer.Timings;
        TimeToFirstToken = answer.TimeToFirstToken;
        UpstreamTime = answer.UpstreamTime;
    }

    public EmbeddingFacts(EmbeddingFailure failure) => (Cache, UpstreamTime) = (failure.Cache, failure.UpstreamTime);

    public CacheOutcome Cache { get; }

    public TokenUsage? Usage { get; }

    public GenerationTimings? Timings { get; }

    public TimeSpan? TimeToFirstToken { get; }

    public TimeSpan? UpstreamTime { get; }

    public IReadOnlyList<RequestField> Ignored => [];

    public int? ExceededContext => null;
}
