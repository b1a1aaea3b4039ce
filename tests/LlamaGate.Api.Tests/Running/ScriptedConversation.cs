using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Tests.Running;

/// <summary>An answer whose pieces and facts a test has set.</summary>
internal sealed class ScriptedConversation : ConversationStream
{
    private readonly Queue<Func<ValueTask<bool>>> _moves = [];

    public override ConversationUpdate Current { get; } = new();

    public override IReadOnlyList<RequestField> Ignored => KnownIgnored;

    public override TokenUsage? Usage => KnownUsage;

    public override GenerationTimings? Timings => KnownTimings;

    public override TimeSpan? TimeToFirstToken => KnownTimeToFirstToken;

    public override TimeSpan? UpstreamTime => KnownUpstreamTime;

    public override int? ExceededContext => KnownContext;

    public IReadOnlyList<RequestField> KnownIgnored { get; init; } = [];

    public TokenUsage? KnownUsage { get; init; }

    public GenerationTimings? KnownTimings { get; init; }

    public TimeSpan? KnownTimeToFirstToken { get; init; }

    public TimeSpan? KnownUpstreamTime { get; init; }

    public int? KnownContext { get; init; }

    /// <summary>What reading a whole answer throws; null when it succeeds.</summary>
    public Exception? Failure { get; init; }

    public bool IsDisposed { get; private set; }

    public ScriptedConversation Moves(params ReadOnlySpan<Func<ValueTask<bool>>> moves)
    {
        foreach (var move in moves)
        {
            _moves.Enqueue(move);
        }

        return this;
    }

    public override ValueTask<bool> MoveNextAsync() => _moves.TryDequeue(out var move) ? move() : new ValueTask<bool>(false);

    public override ValueTask<ConversationAnswer> ReadToEndAsync() => Failure is null
        ? new ValueTask<ConversationAnswer>(new ConversationAnswer([], Usage ?? new TokenUsage(0, 0), Timings))
        : ValueTask.FromException<ConversationAnswer>(Failure);

    protected override ValueTask LeaveAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
