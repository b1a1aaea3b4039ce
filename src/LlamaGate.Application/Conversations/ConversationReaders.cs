namespace LlamaGate.Application.Conversations;

/// <summary>The readers of one answer.</summary>
internal sealed class ConversationReaders
{
    private readonly List<LiveConversation> _all = new(1);

    public int Count => _all.Count;

    /// <summary>How much of the answer the fastest one has read, in bytes.</summary>
    public long FastestEnd
    {
        get
        {
            var end = 0L;
            foreach (var reader in _all)
            {
                end = Math.Max(end, reader.End);
            }

            return end;
        }
    }

    public void Add(LiveConversation reader) => _all.Add(reader);

    public bool Remove(LiveConversation reader) => _all.Remove(reader);

    /// <summary>Ends those that have not read so far.</summary>
    /// <param name="position">In bytes.</param>
    public void CutOffBefore(long position)
    {
        foreach (var reader in _all)
        {
            reader.CutOffBefore(position);
        }
    }
}
