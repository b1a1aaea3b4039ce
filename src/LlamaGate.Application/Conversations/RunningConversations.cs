namespace LlamaGate.Application.Conversations;

/// <summary>The answers that come at the moment and can be joined, by key.</summary>
internal sealed class RunningConversations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

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

    /// <summary>Waits until nobody else starts an answer under this key. Whoever holds the turn disposes it.</summary>
    public async ValueTask<IDisposable> TakeTurnAsync(string key, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (_gate)
        {
            if (!_turns.TryGetValue(key, out turn))
            {
                _turns[key] = turn = new Turn(this, key);
            }

            turn.Users++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            return turn;
        }
        catch (OperationCanceledException)
        {
            Leave(turn);
            throw;
        }
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

    private void Leave(Turn turn)
    {
        lock (_gate)
        {
            if (--turn.Users == 0)
            {
                _turns.Remove(turn.Key);
            }
        }
    }

    private sealed class Turn(RunningConversations owner, string key) : IDisposable
    {
        public string Key => key;

        public SemaphoreSlim Free { get; } = new(1, 1);

        /// <summary>Who holds the turn or waits for it.</summary>
        public int Users { get; set; }

        public void Dispose()
        {
            Free.Release();
            owner.Leave(this);
        }
    }

    private readonly record struct Running(SharedConversation? Conversation, string? Digest);
}
