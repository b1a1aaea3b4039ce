using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Times an upstream call for the request's facts, from its creation on. Several calls of one request, also at the same time, are
/// timed as one: from the beginning of the first to the end of the last.
/// </summary>
internal sealed class UpstreamWatch
{
    private readonly ExchangeFacts _facts;
    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private bool _hasFirstToken;
    private bool _stopped;

    public UpstreamWatch(ExchangeFacts facts, TimeProvider timeProvider)
    {
        _facts = facts;
        _timeProvider = timeProvider;
        lock (facts)
        {
            _started = facts.UpstreamStartedAt ??= timeProvider.GetTimestamp();
        }
    }

    /// <summary>Something has come; only the first time counts.</summary>
    public void FirstToken()
    {
        if (_hasFirstToken)
        {
            return;
        }

        _hasFirstToken = true;
        lock (_facts)
        {
            _facts.TimeToFirstToken ??= _timeProvider.GetElapsedTime(_started);
        }
    }

    /// <summary>The answer has ended, well or not; only the first time counts.</summary>
    public void Stop()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        lock (_facts)
        {
            _facts.UpstreamTime = _timeProvider.GetElapsedTime(_started);
        }
    }
}
