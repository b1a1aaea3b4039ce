using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>The updates of one answer that have arrived, and who reads them. Used within the conversation's gate.</summary>
/// <param name="isReadAhead">Whether updates arrive before a reader needs them.</param>
internal sealed class UpdateLog(bool isReadAhead)
{
    /// <summary>How far a reader may lag behind the fastest, in bytes, when the answer is not buffered. A reader further behind is cut off.</summary>
    private const long MaxLag = 512 * 1024;

    private UpdateNode _last = new(update: null, end: 0);

    public ConversationReaders Readers { get; } = new();

    /// <summary>Null when the answer is not buffered.</summary>
    public Gathering? Gathering { get; private set; }

    /// <summary>Bytes that the fastest reader has not read.</summary>
    public long Unread => _last.End - Readers.FastestEnd;

    /// <summary>Buffers all updates from now on.</summary>
    public void Gather(Gathering gathering)
    {
        gathering.First = _last;
        Gathering = gathering;
    }

    /// <summary>Where a new reader begins; null when the beginning is no longer available.</summary>
    /// <param name="hasBegun">Whether updates have been requested.</param>
    public UpdateNode? FindBeginning(bool hasBegun) => Gathering?.First ?? (Readers.Count == 0 && !hasBegun ? _last : null);

    public void Add(ConversationUpdate update)
    {
        var read = _last.End;
        _last = _last.Next = new UpdateNode(update, read + ConversationSize.Of(update));
        if (Gathering?.TryHold(_last.End) is false)
        {
            Gathering = null;
        }

        if (Gathering is null && Readers.Count > 1)
        {
            // Measured from the position of the fastest reader, which has not read this update yet.
            Readers.CutOffBefore((isReadAhead ? Readers.FastestEnd : read) - MaxLag);
        }
    }
}
