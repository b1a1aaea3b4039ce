using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>What was logged, as level and name of the event.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    public ConcurrentQueue<string> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Events.Enqueue($"{logLevel} {eventId.Name}");
}
