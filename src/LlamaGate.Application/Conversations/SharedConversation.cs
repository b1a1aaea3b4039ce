using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// One answer in flight with all its readers. The first reader that needs the next update fetches it for all, so the fastest reader sets the
/// pace, and TCP backpressure slows the upstream when nobody reads. On shared hosts it is read ahead, within limits: the slot is free at
/// Ollama's last line and not at a slow reader's last read. The readers share the answer: it continues when one leaves, and ends when the
/// last one does.
/// </summary>
internal sealed class SharedConversation
{
    private readonly ReadAhead? _ahead;
    private readonly Lock _gate = new();
    private readonly CancellationToken _abandoned;
    private readonly Action _abandon;
    private readonly ConversationCalls _calls;
    private readonly UpdateFeed _feed;
    private readonly FetchLoop _loop;
    private readonly IModelCatalogue _models;
    private readonly UsageCounter _usage;
    private readonly UpdateLog _log;
    private readonly WaitingReaders _waiting = new();
    private ConversationAnswer? _answer;
    private bool _isFetching;
    private bool _isEnded;
    private bool _isAbandoned;
    private Exception? _failure;

    /// <param name="ahead">Null: nothing is read ahead.</param>
    public SharedConversation(ConversationCalls calls, IModelCatalogue models, ReadAhead? ahead, TimeProvider timeProvider)
    {
        _ahead = ahead;
        _ahead?.Cut = Cut;
        _log = new UpdateLog(isReadAhead: ahead is not null);
        _calls = calls;
        _models = models;
        var abandoned = new CancellationTokenSource();
        _abandoned = abandoned.Token;
        _abandon = abandoned.Cancel;
        _usage = new UsageCounter(calls.Batch);
        Clock = new UpstreamClock(timeProvider);
        _feed = new UpdateFeed(calls, Clock, new UpdateFeed.Receiver(Append, () => _ = CompleteAsync(), End), _abandoned);
        _loop = new FetchLoop(_feed);
    }

    public ConversationBatch Batch => _calls.Batch;

    public UpstreamClock Clock { get; }

    public IReadOnlyList<RequestField> Ignored => _calls.Ignored;

    public TokenUsage? Usage => _usage.Total;

    public GenerationTimings? Timings { get; private set; }

    public int? ExceededContext { get; private set; }

    /// <summary>Buffers all updates from now on, so that others can join and the answer can be cached. Only before the first read.</summary>
    public void Gather(Gathering gathering) => _log.Gather(gathering);

    /// <summary>A new reader, from the beginning of the answer; null when the beginning is no longer available.</summary>
    /// <param name="cancellationToken">Ends this reader.</param>
    public LiveConversation? TryJoin(CancellationToken cancellationToken)
    {
        LiveConversation reader;
        lock (_gate)
        {
            if (_log.FindBeginning(_feed.IsOpen) is not { } first || _isAbandoned || _failure is not null)
            {
                return null;
            }

            _log.Readers.Add(reader = new LiveConversation(this, first));
        }

        // Outside the gate: it may be cancelled already, and then calls back at once.
        reader.EndWith(cancellationToken);
        return reader;
    }

    /// <summary>The whole answer of a buffered conversation that has ended; null before.</summary>
    public ConversationAnswer? Ended
    {
        get
        {
            lock (_gate)
            {
                return _isEnded && _failure is null ? _answer : null;
            }
        }
    }

    /// <summary>The whole answer, once it has ended.</summary>
    /// <param name="first">The reader's first node, from which the answer is assembled unless it was buffered.</param>
    public ConversationAnswer ToAnswer(UpdateNode? first) => _answer ?? Assemble(first);

    /// <summary>Steps to the next update, or waits for it.</summary>
    public ValueTask<bool> MoveNextAsync(LiveConversation reader)
    {
        var hasMoved = false;
        while (true)
        {
            lock (_gate)
            {
                if (reader.TryStep())
                {
                    hasMoved = true;
                    if (!MayReadAhead())
                    {
                        return new(true);
                    }
                }
                else if (reader.Failure(_failure) is { } failure)
                {
                    return ValueTask.FromException<bool>(failure);
                }
                else if (_isEnded)
                {
                    return new(false);
                }
                else if (reader.IsCancelled)
                {
                    return ValueTask.FromCanceled<bool>(reader.CancellationToken);
                }
                else if (_isFetching)
                {
                    return _waiting.Add(reader);
                }
                else
                {
                    _isFetching = true;
                }
            }

            _feed.Fetch();
            if (hasMoved)
            {
                return new(true);
            }
        }
    }

    public void Leave(LiveConversation reader)
    {
        bool isIdle;
        lock (_gate)
        {
            _waiting.Remove(reader);
            if (!_log.Readers.Remove(reader) || _log.Readers.Count > 0 || _isEnded)
            {
                return;
            }

            _isAbandoned = true;
            isIdle = !_isFetching;
            _isEnded = isIdle;
        }

        _ahead?.Dispose();
        Clock.Stop();
        _abandon();
        _log.Gathering?.Stop();
        if (isIdle)
        {
            _feed.Close();
        }
    }

    /// <summary>Ends the wait of a reader whose request has ended.</summary>
    public bool StopWaiting(LiveConversation reader)
    {
        lock (_gate)
        {
            return _waiting.Remove(reader);
        }
    }

    private void Append(ConversationUpdate update)
    {
        Clock.FirstToken();
        if (update.IsDone)
        {
            Clock.Stop();
            _usage.Add(update.Call, update.Usage);
            Timings ??= update.Timings;
        }

        WaitingReaders.Taken woken;
        bool isAbandoned, readsAhead;
        lock (_gate)
        {
            _isFetching = false;
            isAbandoned = _isAbandoned;
            // The last reader left while this was being fetched.
            _isEnded = isAbandoned;
            woken = isAbandoned ? default : Add(update);
            readsAhead = MayReadAhead();
        }

        // As it was within the gate: a reader that leaves after it closes the feed itself.
        if (isAbandoned)
        {
            _feed.Close();
            return;
        }

        if (readsAhead)
        {
            // First: a reader may do its work within the call that wakes it.
            _loop.Fetch();
        }

        woken.Wake(_failure);
    }

    /// <summary>Within the gate: whether upstream has more that nobody fetches.</summary>
    private bool CanFetch => !_isFetching && !_isEnded && _failure is null && _feed.IsOpen;

    /// <summary>Within the gate: claims the next fetch if the answer may be read ahead.</summary>
    private bool MayReadAhead()
    {
        var mayRead = _ahead is not null && CanFetch && _ahead.May(_log.Unread);
        _isFetching |= mayRead;
        return mayRead;
    }

    /// <summary>Within the gate: makes the update available to all readers; returns those that waited for it.</summary>
    private WaitingReaders.Taken Add(ConversationUpdate update)
    {
        _log.Add(update);
        return _waiting.Take();
    }

    private async Task CompleteAsync()
    {
        var gathering = _log.Gathering;
        try
        {
            ExceededContext = await ContextLimit.ExceededAsync(Batch, Usage, _models, _abandoned);
            _answer = gathering?.First is { } first ? Assemble(first) : null;
        }
        catch (Exception exception)
        {
            End(exception);
            return;
        }

        // Readers first: the answer may have to wait for its model's digest before it can be cached.
        End(failure: null);
        if (gathering is not null && _answer is { } answer)
        {
            await gathering.CompleteAsync(answer);
        }
    }

    private ConversationAnswer Assemble(UpdateNode? first) =>
        ConversationAssembler.Assemble(Batch, first) with { Ignored = Ignored, ExceededContext = ExceededContext };

    private void End(Exception? failure)
    {
        WaitingReaders.Taken woken;
        lock (_gate)
        {
            _failure = failure;
            _isEnded = true;
            _isFetching = false;
            woken = _waiting.Take();
        }

        if (failure is not null)
        {
            _log.Gathering?.Stop();
        }

        _ahead?.Dispose();
        _feed.Close();
        woken.Wake(_failure);
    }

    /// <summary>Gives back the slot that blocked readers keep.</summary>
    private void Cut()
    {
        lock (_gate)
        {
            if (!CanFetch || _ahead?.IsBlocked is not true)
            {
                return;
            }

            // Claimed, so that nobody fetches what is being closed.
            _isFetching = true;
        }

        End(LiveConversation.TooSlow());
    }
}
