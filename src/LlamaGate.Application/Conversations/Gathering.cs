using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>Buffers the updates of one answer in flight, within the memory budget that all such answers share.</summary>
/// <param name="budget">Where the bytes are counted.</param>
/// <param name="keep">Keeps the complete answer.</param>
/// <param name="ended">Called once, when no more readers can join.</param>
internal sealed class Gathering(GatheringBudget budget, Func<ConversationAnswer, ValueTask> keep, Action ended)
{
    private long _held;
    private int _isStopped;

    /// <summary>The node before the first update; null once the answer is no longer buffered.</summary>
    public UpdateNode? First { get; set; }

    /// <summary>Sets the size of the answer to <paramref name="bytes"/>; false when that is too much, and buffering has ended.</summary>
    public bool TryHold(long bytes)
    {
        if (budget.TryTake(ref _held, bytes))
        {
            return true;
        }

        Stop();
        return false;
    }

    public async ValueTask CompleteAsync(ConversationAnswer answer)
    {
        try
        {
            await keep(answer);
        }
        finally
        {
            Stop();
        }
    }

    public void Stop()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            First = null;
            budget.Return(_held);
            ended();
        }
    }
}
