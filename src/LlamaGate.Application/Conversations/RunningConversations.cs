namespace LlamaGate.Application.Conversations;

/// <summary>The answers that come at the moment and can be joined, by key.</summary>
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

        var isOfAnotherBlob = digest is not null && running.Digest is not null && digest != running.Digest;
        return isOfAnotherBlob || running.Conversation is not { } conversation ? null : Join(conversation, cancellationToken);
    }

    /// <summary>Lets others join, in place of an answer that was there before.</summary>
    public void Add(string key, string? digest, SharedConversation conversation)
    {
        lock (_gate)
        {
            _running[key] = new Running(conversation, digest);
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

    /// <summary>An answer that has ended is here until it is kept, and is given as if it were.</summary>
    private static ConversationStream? Join(SharedConversation conversation, CancellationToken cancellationToken) =>
        conversation.Ended is { } answer
            ? answer.HasSubstance ? new KeptConversation(answer) : null
            : conversation.TryJoin(cancellationToken);

    private readonly record struct Running(SharedConversation? Conversation, string? Digest);
}
