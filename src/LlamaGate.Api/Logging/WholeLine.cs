using Serilog.Events;

namespace LlamaGate.Api.Logging;

/// <summary>The value of <see cref="LogLine.Request"/>: renders its whole line by itself.</summary>
internal abstract class WholeLine : LogEventPropertyValue
{
    /// <summary>When the request that the line describes ended.</summary>
    public abstract DateTimeOffset EndedAt { get; }
}
