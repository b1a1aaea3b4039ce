namespace LlamaGate.Application.Conversations;

/// <summary>The answers in flight that can be joined, by key.</summary>
internal sealed class RunningConversations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <summary>Joins the answer under this key; null when there is none that can be joined.</summary>
    /// <param name="digest">Of the model's blob as it is now; null while it is unknown, which fits any.</param>
    public ConversationStream? TryJoin(string key, string? digest, CancellationToken cancellationToken)
    {
        Running running;
        lock (_gate)
        {
            running = _running.GetValueOrDefault(key);
        }

        return TryJoin(running, digest, cancellationToken);
    }

    /// <summary>
    /// Joins the answer under this key if there is one by now; otherwise lets others join <paramref name="started"/>, and returns null.
    /// </summary>
    public ConversationStream? JoinOrAdd(
        string key, string? digest, SharedConversation started, CancellationToken cancellationToken)
    {
        while (true)
        {
            Running seen;
            lock (_gate)
            {
                seen = _running.GetValueOrDefault(key);
            }

            // Outside the gate: a conversation has its own gate, and removes itself from here while it holds that one.
            if (TryJoin(seen, digest, cancellationToken) is { } joined)
            {
                return joined;
            }

            lock (_gate)
            {
                if (_running.GetValueOrDefault(key).Conversation == seen.Conversation)
                {
                    _running[key] = new Running(started, digest);
                    return null;
                }
            }
        }
    }

    public void Remove(string key, SharedConversation conversation)
    {
        lock (_gate)
        {
            if (_running.GetValueOrDefault(key).Conversation == conversation)
            {
                _running.Remove(key);
            }
        }
    }

    /// <summary>An answer that has ended stays here until it is cached, and is returned as if it were cached.</summary>
    private static ConversationStream? TryJoin(Running running, string? digest, CancellationToken cancellationToken)
    {
        var isOfAnotherBlob = digest is not null && running.Digest is not null && digest != running.Digest;
        if (isOfAnotherBlob || running.Conversation is not { } conversation)
        {
            return null;
        }

        return conversation.Ended is { } answer
            ? answer.HasSubstance ? new KeptConversation(answer) : null
            : conversation.TryJoin(cancellationToken);
    }

    private readonly record struct Running(SharedConversation? Conversation, string? Digest);
}
