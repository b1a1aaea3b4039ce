using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// One answer in flight with all its readers. Nothing is fetched ahead: the first reader that needs the next update fetches
/// it for all, so the fastest reader sets the pace, and TCP backpressure slows the upstream when nobody reads. The readers share the
/// answer: it continues when one leaves, and ends when the last one does.
/// </summary>
internal sealed class SharedConversation
{
    /// <summary>How far a reader may lag behind the fastest, in bytes, when the answer is not buffered. A reader further behind is cut off.</summary>
    private const long MaxLag = 512 * 1024;

    private readonly Lock _gate = new();
    private readonly CancellationToken _abandoned;
    private readonly Action _abandon;
    private readonly ConversationCalls _calls;
    private readonly UpdateFeed _feed;
    private readonly IModelCatalogue _models;
    private readonly UsageCounter _usage;
    private readonly List<LiveConversation> _readers = new(1);
    private readonly WaitingReaders _waiting = new();
    private ConversationAnswer? _answer;
    private Gathering? _gathering;
    private UpdateNode _last = new(update: null, end: 0);
    private bool _isFetching;
    private bool _isEnded;
    private bool _isAbandoned;
    private Exception? _failure;

    public SharedConversation(ConversationCalls calls, IModelCatalogue models, TimeProvider timeProvider)
    {
        _calls = calls;
        _models = models;
        var abandoned = new CancellationTokenSource();
        _abandoned = abandoned.Token;
        _abandon = abandoned.Cancel;
        _usage = new UsageCounter(calls.Batch);
        Clock = new UpstreamClock(timeProvider);
        _feed = new UpdateFeed(calls, Clock, new UpdateFeed.Receiver(Append, () => _ = CompleteAsync(), End), _abandoned);
    }

    public ConversationBatch Batch => _calls.Batch;

    public UpstreamClock Clock { get; }

    public IReadOnlyList<RequestField> Ignored => _calls.Ignored;

    public TokenUsage? Usage => _usage.Total;

    public GenerationTimings? Timings { get; private set; }

    public int? ExceededContext { get; private set; }

    /// <summary>Buffers all updates from now on, so that others can join and the answer can be cached. Only before the first read.</summary>
    public void Gather(Gathering gathering)
    {
        gathering.First = _last;
        _gathering = gathering;
    }

    /// <summary>A new reader, from the beginning of the answer; null when the beginning is no longer available.</summary>
    /// <param name="cancellationToken">Ends this reader.</param>
    public LiveConversation? TryJoin(CancellationToken cancellationToken)
    {
        LiveConversation reader;
        lock (_gate)
        {
            var first = _gathering?.First ?? (_readers.Count == 0 && !_feed.IsOpen ? _last : null);
            if (first is null || _isAbandoned || _failure is not null)
            {
                return null;
            }

            _readers.Add(reader = new LiveConversation(this, first));
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
        while (true)
        {
            lock (_gate)
            {
                if (reader.TryStep())
                {
                    return new(true);
                }

                if (reader.Failure(_failure) is { } failure)
                {
                    return ValueTask.FromException<bool>(failure);
                }

                if (_isEnded)
                {
                    return new(false);
                }

                if (reader.IsCancelled)
                {
                    return ValueTask.FromCanceled<bool>(reader.CancellationToken);
                }

                if (_isFetching)
                {
                    return _waiting.Add(reader);
                }

                _isFetching = true;
            }

            _feed.Fetch();
        }
    }

    public void Leave(LiveConversation reader)
    {
        bool isIdle;
        lock (_gate)
        {
            _waiting.Remove(reader);
            if (!_readers.Remove(reader) || _readers.Count > 0 || _isEnded)
            {
                return;
            }

            _isAbandoned = true;
            isIdle = !_isFetching;
            _isEnded = isIdle;
        }

        Clock.Stop();
        _abandon();
        _gathering?.Stop();
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
        bool isAbandoned;
        lock (_gate)
        {
            _isFetching = false;
            isAbandoned = _isAbandoned;
            // The last reader left while this was being fetched.
            _isEnded = isAbandoned;
            woken = isAbandoned ? default : Add(update);
        }

        // As it was within the gate: a reader that leaves after it closes the feed itself.
        if (isAbandoned)
        {
            _feed.Close();
            return;
        }

        woken.Wake(_failure);
    }

    /// <summary>Within the gate: makes the update available to all readers; returns those that waited for it.</summary>
    private WaitingReaders.Taken Add(ConversationUpdate update)
    {
        var read = _last.End;
        _last = _last.Next = new UpdateNode(update, read + ConversationSize.Of(update));
        if (_gathering is { } gathering && !gathering.TryHold(_last.End))
        {
            _gathering = null;
        }

        if (_gathering is null && _readers.Count > 1)
        {
            // Measured from the position of the fastest reader, which has not read this update yet.
            CutOffLaggards(read - MaxLag);
        }

        return _waiting.Take();
    }

    private async Task CompleteAsync()
    {
        var gathering = _gathering;
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

    private ConversationAnswer Assemble(UpdateNode? first)
    {
        var assembler = new ConversationAssembler(Batch);
        for (var node = first?.Next; node?.Update is { } update; node = node.Next)
        {
            assembler.Add(update);
        }

        return assembler.ToAnswer() with { Ignored = Ignored, ExceededContext = ExceededContext };
    }

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
            _gathering?.Stop();
        }

        _feed.Close();
        woken.Wake(_failure);
    }

    private void CutOffLaggards(long position)
    {
        foreach (var reader in _readers)
        {
            reader.CutOffBefore(position);
        }
    }
}
