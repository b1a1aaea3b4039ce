using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Embeddings;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Requests;

/// <summary>The facts of an answer with embeddings, which has no completion tokens.</summary>
internal sealed class EmbeddingFacts(EmbeddingAnswer answer) : IAnswerFacts
{
    public CacheOutcome Cache => answer.Cache;

    public TokenUsage? Usage { get; } = new(answer.Result.PromptTokens, 0);

    public GenerationTimings? Timings => answer.Timings;

    public TimeSpan? TimeToFirstToken => answer.TimeToFirstToken;

    public TimeSpan? UpstreamTime => answer.UpstreamTime;

    public IReadOnlyList<RequestField> Ignored => [];

    public int? ExceededContext => null;
}
