using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Telemetry;

/// <summary>The same as <see cref="TracedCalls"/> for shared hosts, where a call may have waited before.</summary>
internal sealed class TracedHostCalls(IHostCalls calls, CallSpans spans) : IHostCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, string host, CancellationToken cancellationToken) => spans.AreWanted
        ? TraceAsync(call, host, cancellationToken)
        : calls.StartAsync(call, host, cancellationToken);

    private Task<IUpstreamAnswer> TraceAsync(UpstreamCall call, string host, CancellationToken cancellationToken)
    {
        spans.NoteLoad(call, host, call.Route?.Loading ?? TimeSpan.Zero);
        return spans.SendAsync(call, host, traced => calls.StartAsync(traced, host, cancellationToken));
    }
}
