using System.Threading.Channels;
using LlamaGate.Api.Telemetry;
using LlamaGate.Api.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>Keeps what is logged about exporters that fail.</summary>
internal sealed class NotedFaults : ILogger<ExporterFaults>
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    public int Left => _messages.Reader.Count;

    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        return await _messages.Reader.ReadAsync(limit.Token);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _messages.Writer.TryWrite(formatter(state, exception));
}
