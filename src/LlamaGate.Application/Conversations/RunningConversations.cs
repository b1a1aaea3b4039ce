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

    /// <summary>
    /// Adds an answer that nobody joins before it has ended. It is cached in place of an earlier one, whichever of them ends first.
    /// </summary>
    /// <param name="digest">Of the model's blob as it is now; null while it is unknown.</param>
    public void AddFresh(string key, string? digest, SharedConversation started)
    {
        lock (_gate)
        {
            _running[key] = _running.GetValueOrDefault(key) with { Fresh = started, FreshDigest = digest, IsOutdated = true };
        }
    }

    /// <summary>Whether the answer may be cached: false when a fresh one was asked for meanwhile.</summary>
    public bool MayKeep(string key, SharedConversation conversation)
    {
        lock (_gate)
        {
            var running = _running.GetValueOrDefault(key);
            return running.Fresh == conversation || (running.Conversation == conversation && !running.IsOutdated);
        }
    }

    public void Remove(string key, SharedConversation conversation)
    {
        lock (_gate)
        {
            var running = _running.GetValueOrDefault(key);
            var left = running.Conversation == conversation ? running with { Conversation = null }
                : running.Fresh == conversation ? running with { Fresh = null }
                : running;
            if (left is { Conversation: null, Fresh: null })
            {
                _running.Remove(key);
            }
            else
            {
                _running[key] = left;
            }
        }
    }

    /// <summary>An answer that has ended stays here until it is cached, and is returned as if it were cached.</summary>
    private static ConversationStream? TryJoin(Running running, string? digest, CancellationToken cancellationToken)
    {
        if (MayBeOf(digest, running.FreshDigest) && running.Fresh?.Ended is { HasSubstance: true } fresh)
        {
            return new KeptConversation(fresh);
        }

        if (!MayBeOf(digest, running.Digest) || running.Conversation is not { } conversation)
        {
            return null;
        }

        return conversation.Ended is { } answer
            ? answer.HasSubstance ? new KeptConversation(answer) : null
            : conversation.TryJoin(cancellationToken);
    }

    /// <summary>Whether two digests may be of the same blob: one that is unknown fits any.</summary>
    private static bool MayBeOf(string? digest, string? other) => digest is null || other is null || digest == other;

    /// <param name="Digest">Of the conversation's model.</param>
    private readonly record struct Running(SharedConversation? Conversation, string? Digest)
    {
        /// <summary>Of a caller that wants no cached answer and shares with nobody.</summary>
        public SharedConversation? Fresh { get; init; }

        /// <summary>Of the fresh answer's model.</summary>
        public string? FreshDigest { get; init; }

        /// <summary>Whether a fresh answer was asked for after the conversation's.</summary>
        public bool IsOutdated { get; init; }
    }
}
