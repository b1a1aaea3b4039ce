using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>Holds the updates of one answer while it comes, within the share of memory that answers may take together.</summary>
/// <param name="budget">Where the bytes are counted.</param>
/// <param name="keep">Keeps the complete answer.</param>
/// <param name="ended">Called once: nobody can join any more.</param>
internal sealed class Gathering(GatheringBudget budget, Func<ConversationAnswer, ValueTask> keep, Action ended)
{
    private long _held;
    private int _isStopped;

    /// <summary>The node before the first update; null when it is gathered no more.</summary>
    public UpdateNode? First { get; set; }

    /// <summary>Counts the answer as <paramref name="bytes"/> long; false when that is too much, and gathering has ended.</summary>
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
