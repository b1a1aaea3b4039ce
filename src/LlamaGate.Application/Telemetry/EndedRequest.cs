using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Telemetry;

/// <summary>The facts about a request for the metrics, when it has ended.</summary>
/// <param name="Duration">From its arrival to the end of its answer.</param>
public readonly record struct EndedRequest(TimeSpan Duration)
{
    /// <summary>A value of <see cref="TelemetryNames.OperationName"/>; null for a request that does not use a model.</summary>
    public string? Operation { get; init; }

    /// <summary>The model as the caller named it; null = not known.</summary>
    public string? Model { get; init; }

    /// <summary>A value of <see cref="TelemetryNames.Cache"/>; null when there was no answer.</summary>
    public string? Cache { get; init; }

    /// <summary>The code of its error; null when it went well.</summary>
    public string? ErrorType { get; init; }

    /// <summary>From the first call to Ollama to the first piece of the answer; null when nothing was sent upstream.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>From the first call to Ollama to the end of the last; null when nothing was sent upstream or it has not ended.</summary>
    public TimeSpan? UpstreamTime { get; init; }

    /// <summary>Null when there was no whole answer.</summary>
    public TokenUsage? Usage { get; init; }
}
