using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Requests;

/// <summary>The facts of a conversation's answer.</summary>
internal sealed class ConversationFacts(ConversationStream stream) : IAnswerFacts
{
    public CacheOutcome Cache => stream.Cache;

    public TokenUsage? Usage => stream.Usage;

    public GenerationTimings? Timings => stream.Timings;

    public TimeSpan? TimeToFirstToken => stream.TimeToFirstToken;

    public TimeSpan? UpstreamTime => stream.UpstreamTime;

    public IReadOnlyList<RequestField> Ignored => stream.Ignored;

    public int? ExceededContext => stream.ExceededContext;
}
