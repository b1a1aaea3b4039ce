namespace LlamaGate.Application.Conversations;

/// <summary>The answers that come at the moment and can be joined, by key.</summary>
internal sealed class RunningConversations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SharedConversation> _running = new(StringComparer.Ordinal);

    /// <summary>Joins the answer under this key; null when there is none that can be joined.</summary>
    public LiveConversation? TryJoin(string key, CancellationToken cancellationToken)
    {
        SharedConversation? running;
        lock (_gate)
        {
            running = _running.GetValueOrDefault(key);
        }

        return running?.TryJoin(cancellationToken);
    }

    /// <summary>Lets others join; false when another answer under this key was there first.</summary>
    public bool TryAdd(string key, SharedConversation conversation)
    {
        lock (_gate)
        {
            return _running.TryAdd(key, conversation);
        }
    }

    public void Remove(string key, SharedConversation conversation)
    {
        lock (_gate)
        {
            if (_running.GetValueOrDefault(key) == conversation)
            {
                _running.Remove(key);
            }
        }
    }
}
