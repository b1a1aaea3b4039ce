using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Requests;

/// <summary>The facts of an answer that is passed on; it is never kept.</summary>
internal sealed class NativeFacts(INativeAnswer answer) : IAnswerFacts
{
    public CacheOutcome Cache => CacheOutcome.Bypass;

    public TokenUsage? Usage => answer.Usage;

    public GenerationTimings? Timings => answer.Timings;

    public TimeSpan? TimeToFirstToken => answer.TimeToFirstToken;

    public TimeSpan? UpstreamTime => answer.UpstreamTime;

    public IReadOnlyList<RequestField> Ignored => [];

    public int? ExceededContext => null;
}
