using System.Threading.Tasks.Sources;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>A reader of an answer that is still arriving from upstream.</summary>
internal sealed class LiveConversation(SharedConversation shared, UpdateNode first) : ConversationStream, IValueTaskSource<bool>
{
    /// <summary>Maximum size of an answer that is read as a whole, in bytes of memory: beyond it the upstream is considered broken.</summary>
    private const long MaxWholeBytes = 64 * 1024 * 1024;

    private ManualResetValueTaskSourceCore<bool> _waiting;
    private CancellationTokenRegistration _leaving;
    private UpdateNode? _node = first;
    private ConversationUpdate? _current;
    private long _end;

    public SharedConversation Shared => shared;

    /// <summary>Bytes of the updates that it has read.</summary>
    public long End => _end;

    // Not null: read after a move.
    public override ConversationUpdate Current => _current!;

    public override IReadOnlyList<RequestField> Ignored => shared.Ignored;

    public override TokenUsage? Usage => shared.Usage;

    public override GenerationTimings? Timings => shared.Timings;

    public override TimeSpan? TimeToFirstToken => shared.Clock.TimeToFirstToken;

    public override TimeSpan? UpstreamTime => shared.Clock.Elapsed;

    public override int? ExceededContext => shared.ExceededContext;

    /// <summary>The result of a waiting reader's step.</summary>
    public bool HasMoved { get; set; }

    public CancellationToken CancellationToken { get; private set; }

    public bool IsCancelled => CancellationToken.IsCancellationRequested;

    public override ValueTask<bool> MoveNextAsync() => shared.MoveNextAsync(this);

    public override async ValueTask<ConversationAnswer> ReadToEndAsync()
    {
        var beginning = _node;
        while (await MoveNextAsync())
        {
            if (_end > MaxWholeBytes)
            {
                throw new GatewayException(
                    GatewayError.UpstreamError, $"Ollama sent an answer longer than {MaxWholeBytes / 1024 / 1024} MB.")
                {
                    FailsAgain = true,
                };
            }
        }

        return shared.ToAnswer(beginning);
    }

    /// <summary>The token ends the reader, also while it waits.</summary>
    public void EndWith(CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
        _leaving = cancellationToken.UnsafeRegister(static reader => ((LiveConversation)reader!).OnCancelled(), this);
    }

    /// <summary>Within the gate: moves to the next update, if available.</summary>
    public bool TryStep()
    {
        if (_node?.Next is not { } next)
        {
            return false;
        }

        // Kept separately from the node, which may be cut off before they are read.
        (_node, _current, _end) = (next, next.Update, next.End);
        return true;
    }

    /// <summary>Within the gate: releases the updates that the reader has not read, when there are too many.</summary>
    public void CutOffBefore(long position)
    {
        if (_node?.End < position)
        {
            _node = null;
        }
    }

    /// <summary>Why the reader cannot go on; null when it can.</summary>
    public Exception? Failure(Exception? upstream) => _node is null
        ? TooSlow()
        : upstream;

    public static GatewayException TooSlow() =>
        new(GatewayError.ReaderTooSlow, "The client read the answer too slowly. Send the request again.");

    /// <summary>Within the gate: the task to await until <see cref="Wake"/>.</summary>
    public ValueTask<bool> WaitAsync()
    {
        _waiting.Reset();
        return new ValueTask<bool>(this, _waiting.Version);
    }

    public void Wake(Exception? failure, bool onThreadPool)
    {
        _waiting.RunContinuationsAsynchronously = onThreadPool;
        if (!HasMoved && Failure(failure) is { } reason)
        {
            _waiting.SetException(reason);
        }
        else
        {
            _waiting.SetResult(HasMoved);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _waiting.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _waiting.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiting.OnCompleted(continuation, state, token, flags);

    protected override async ValueTask LeaveAsync()
    {
        await _leaving.DisposeAsync();
        shared.Leave(this);
    }

    private void OnCancelled()
    {
        if (shared.StopWaiting(this))
        {
            _waiting.RunContinuationsAsynchronously = true;
            _waiting.SetException(new OperationCanceledException(CancellationToken));
        }
    }
}
