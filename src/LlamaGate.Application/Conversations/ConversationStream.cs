using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// The answer to one request while one reader reads it: piece by piece or as a whole. Nothing is sent upstream before the first
/// read. Usage, times and other facts can be read at any time, also after a failure.
/// </summary>
public abstract class ConversationStream : IAsyncDisposable
{
    /// <summary>The last piece read.</summary>
    public abstract ConversationUpdate Current { get; }

    /// <summary>What the response cache did.</summary>
    public CacheOutcome Cache { get; set; } = CacheOutcome.Bypass;

    /// <summary>Parts of the request that had no effect, as far as is known so far.</summary>
    public abstract IReadOnlyList<RequestField> Ignored { get; }

    /// <summary>Tokens of all calls so far; null before the first one ended.</summary>
    public abstract TokenUsage? Usage { get; }

    /// <summary>The times that Ollama reported for the first call that ended; null before, and for a cached answer.</summary>
    public abstract GenerationTimings? Timings { get; }

    /// <summary>From the first upstream call to the first piece received; null when nothing was sent upstream.</summary>
    public abstract TimeSpan? TimeToFirstToken { get; }

    /// <summary>From the first upstream call to the end of the last; null when nothing was sent upstream or it has not ended.</summary>
    public abstract TimeSpan? UpstreamTime { get; }

    /// <summary>See <see cref="ConversationAnswer.ExceededContext"/>; known at the end.</summary>
    public abstract int? ExceededContext { get; }

    /// <summary>Waits for the next piece; false at the end.</summary>
    /// <exception cref="GatewayException">The upstream failed, or this reader was too slow.</exception>
    /// <exception cref="OperationCanceledException">The request ended.</exception>
    public abstract ValueTask<bool> MoveNextAsync();

    /// <summary>Waits for the whole answer. Do not call it after <see cref="MoveNextAsync"/>.</summary>
    public abstract ValueTask<ConversationAnswer> ReadToEndAsync();

    /// <summary>Stops reading. The upstream calls end when nobody else reads the same answer.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await LeaveAsync();
        Ended?.Invoke();
        Ended = null;
    }

    /// <summary>Called once, when the reader has left.</summary>
    internal Action? Ended { get; set; }

    protected abstract ValueTask LeaveAsync();
}
