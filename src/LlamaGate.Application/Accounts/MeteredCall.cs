using System.Buffers;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Accounts;

/// <summary>One call from its sending to its end, which becomes one record. Lines pass without a step of its own.</summary>
internal sealed class MeteredCall : IUpstreamAnswer, IUpstreamObserver
{
    private readonly UsageMeter _meter;
    private readonly RequestContext _context;
    private readonly string? _model;
    private readonly UsageOperation _operation;
    private readonly long _sentAt;
    private readonly UpstreamRoute? _route;
    private readonly CallDemand? _demand;
    private string? _host;
    private DeviceClock? _clock;
    private double _began;
    private IUpstreamAnswer? _answer;
    private TimeSpan? _firstChunk;
    private int _isOver;

    /// <param name="host">Null: <see cref="OnRouted"/> names it.</param>
    public MeteredCall(UsageMeter meter, UpstreamCall call, UsageOperation operation, string? host)
    {
        (_meter, _context, _model, _operation, _route, _demand) = (meter, call.Context, call.Model, operation, call.Route, call.Demand);
        _sentAt = meter.TimeProvider.GetTimestamp();
        if (host is not null)
        {
            Enter(host);
        }
    }

    public int Status => Answer.Status;

    public string? ContentType => Answer.ContentType;

    public DateTimeOffset? Date => Answer.Date;

    public GatewayError? Failure
    {
        get => Answer.Failure;
        set => Answer.Failure = value;
    }

    public ReadOnlySequence<byte> Line => Answer.Line;

    // The answer is set before anybody reads.
    private IUpstreamAnswer Answer => _answer!;

    public void OnQueued(IQueuePlace place) => _context.Observer?.OnQueued(place);

    /// <summary>A call that needs no slot is sent to a host, or, when it failed at another one, once more.</summary>
    public void OnRouted(UpstreamRoute route)
    {
        _context.Observer?.OnRouted(route);
        Leave();
        Enter(route.Host);
    }

    /// <summary>Measures the call from here on.</summary>
    /// <param name="sending">Ends when Ollama has begun to answer.</param>
    public async Task<IUpstreamAnswer> FollowAsync(Task<IUpstreamAnswer> sending)
    {
        try
        {
            _answer = await sending;
            _firstChunk = _meter.TimeProvider.GetElapsedTime(_sentAt);
            return this;
        }
        catch (Exception exception)
        {
            NoteUnanswered(exception);
            throw;
        }
    }

    private void NoteUnanswered(Exception exception)
    {
        switch (exception)
        {
            // Names that nobody has are unbounded.
            case GatewayException { Error: GatewayError.ModelNotFound } or GatewayException { IsUnsent: true }:
                Interlocked.Exchange(ref _isOver, 1);
                Leave();
                break;
            case OperationCanceledException:
                End(UsageOutcome.Cancelled);
                break;
            default:
                End(UsageOutcome.Failed, failure: (exception as GatewayException)?.Error ?? GatewayError.Internal);
                break;
        }
    }

    public ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) => Answer.ReadLineAsync(cancellationToken);

    public ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken) => Answer.ReadToEndAsync(cancellationToken);

    public ValueTask CompleteAsync(UpstreamEnd end)
    {
        End(UsageOutcome.Completed, end);
        return Answer.CompleteAsync(end);
    }

    public void Dispose()
    {
        // Does nothing after the last line.
        End(Failure is null ? UsageOutcome.Cancelled : UsageOutcome.Failed, failure: Failure);
        Answer.Dispose();
    }

    private void Enter(string host)
    {
        _host = host;
        _clock = _meter.ClockOf(host);
        _began = _clock.Begin();
    }

    private TimeSpan Leave()
    {
        var device = _clock?.End(_began) ?? TimeSpan.Zero;
        _clock = null;
        return device;
    }

    private void End(UsageOutcome outcome, UpstreamEnd? end = null, GatewayError? failure = null)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
        {
            return;
        }

        var held = _meter.TimeProvider.GetElapsedTime(_sentAt);
        var isFree = outcome is UsageOutcome.Failed && _firstChunk is null;
        _meter.Add(_meter.NewRecord(_context, _model) with
        {
            Host = _host,
            Operation = _operation,
            Outcome = outcome,
            Error = failure,
            TokensIn = end?.Usage?.PromptTokens ?? (outcome is UsageOutcome.Completed ? EstimatePrompt() : 0),
            TokensOut = end?.Usage?.CompletionTokens ?? 0,
            Load = isFree ? TimeSpan.Zero : LoadOf(end),
            Prompt = end?.Timings?.Prompt ?? TimeSpan.Zero,
            // Without a last line nobody says what it was.
            Eval = isFree ? TimeSpan.Zero : end?.Timings?.Eval ?? held,
            Held = held,
            Device = Leave(),
            // Of this attempt: those before have records of their own.
            Waited = _route is { } route ? route.Waited - route.Earlier : TimeSpan.Zero,
            FirstChunk = _firstChunk,
        });
    }

    /// <summary>Ollama's old endpoint for embeddings counts nothing, and quotas must not be passed by it.</summary>
    private int EstimatePrompt() => _demand is null ? 0 : (int)Math.Ceiling(_meter.Estimates.PromptTokens(_model ?? "", _demand));

    /// <summary>Where the gateway loads models, what a call reports is its wait for the runner.</summary>
    private TimeSpan LoadOf(UpstreamEnd? end) => _route is { } route ? route.LoadShare
        : end?.Timings is { HasLoaded: true } timings ? timings.Load
        : TimeSpan.Zero;
}
