using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Times an upstream call for the request's facts, from its creation on.</summary>
internal sealed class UpstreamWatch(ExchangeFacts facts, TimeProvider timeProvider)
{
    private readonly long _started = timeProvider.GetTimestamp();
    private bool _stopped;

    /// <summary>Something has come; only the first time counts.</summary>
    public void FirstToken() => facts.TimeToFirstToken ??= timeProvider.GetElapsedTime(_started);

    /// <summary>The answer has ended, well or not; only the first time counts.</summary>
    public void Stop()
    {
        if (!_stopped)
        {
            _stopped = true;
            facts.UpstreamTime = timeProvider.GetElapsedTime(_started);
        }
    }
}
