using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>An answer that keeps its place at its host until it is disposed.</summary>
internal sealed class HostedAnswer(IUpstreamAnswer answer, HostLease lease) : WrappedAnswer(answer)
{
    protected override void OnDisposed() => lease.Dispose();
}
