using System.Buffers;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>An answer that keeps its place at its host until it is disposed.</summary>
internal sealed class HostedAnswer(IUpstreamAnswer answer, HostLease lease) : IUpstreamAnswer
{
    public int Status => answer.Status;

    public string? ContentType => answer.ContentType;

    public ReadOnlySequence<byte> Line => answer.Line;

    public ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) => answer.ReadLineAsync(cancellationToken);

    public ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken) => answer.ReadToEndAsync(cancellationToken);

    public ValueTask CompleteAsync(UpstreamEnd end) => answer.CompleteAsync(end);

    public void Dispose()
    {
        answer.Dispose();
        lease.Dispose();
    }
}
