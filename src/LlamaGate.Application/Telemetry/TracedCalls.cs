using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Telemetry;

/// <summary>Gives each call a span. It stands around what sends, below the queue: the span is that of one attempt at one host.</summary>
internal sealed class TracedCalls(IUpstreamCalls calls, CallSpans spans) : IUpstreamCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken) => spans.AreWanted
        ? TraceAsync(call, cancellationToken)
        : calls.StartAsync(call, cancellationToken);

    private Task<IUpstreamAnswer> TraceAsync(UpstreamCall call, CancellationToken cancellationToken) =>
        spans.SendAsync(call, host: null, traced => calls.StartAsync(traced, cancellationToken));
}
