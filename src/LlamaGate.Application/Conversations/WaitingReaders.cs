namespace LlamaGate.Application.Conversations;

/// <summary>The readers of one answer that wait for its next update. Use it only within the conversation's gate.</summary>
internal sealed class WaitingReaders
{
    private readonly List<LiveConversation> _readers = new(1);

    /// <returns>The task that the reader awaits.</returns>
    public ValueTask<bool> Add(LiveConversation reader)
    {
        _readers.Add(reader);
        return reader.WaitAsync();
    }

    public bool Remove(LiveConversation reader) => _readers.Remove(reader);

    /// <summary>Removes all of them, each with its step done.</summary>
    public Taken Take()
    {
        if (_readers.Count == 0)
        {
            return default;
        }

        foreach (var reader in _readers)
        {
            reader.HasMoved = reader.TryStep();
        }

        var taken = _readers.Count == 1 ? new Taken(_readers[0], null) : new Taken(null, [.. _readers]);
        _readers.Clear();
        return taken;
    }

    /// <summary>Readers that no longer wait. They are woken outside the gate.</summary>
    internal readonly record struct Taken(LiveConversation? Only, LiveConversation[]? Several)
    {
        public void Wake(Exception? failure)
        {
            // A single reader continues inline; several each get their own thread, so that none waits for another's work.
            Only?.Wake(failure, onThreadPool: false);
            foreach (var reader in Several ?? [])
            {
                reader.Wake(failure, onThreadPool: true);
            }
        }
    }
}
