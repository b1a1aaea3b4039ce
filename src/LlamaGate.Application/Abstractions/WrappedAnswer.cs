using System.Buffers;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>An answer that passes everything on to another. A wrapper overrides what it acts at.</summary>
/// <param name="inner">The answer that is wrapped; disposed with the wrapper.</param>
public abstract class WrappedAnswer(IUpstreamAnswer inner) : IUpstreamAnswer
{
    public int Status => inner.Status;

    public string? ContentType => inner.ContentType;

    public DateTimeOffset? Date => inner.Date;

    public GatewayError? Failure
    {
        get => inner.Failure;
        set => inner.Failure = value;
    }

    public ReadOnlySequence<byte> Line => inner.Line;

    public virtual ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) => inner.ReadLineAsync(cancellationToken);

    public ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken) => inner.ReadToEndAsync(cancellationToken);

    public virtual ValueTask CompleteAsync(UpstreamEnd end) => inner.CompleteAsync(end);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            OnDisposed();
        }
    }

    /// <summary>After the wrapped answer was disposed; maybe more than once.</summary>
    protected virtual void OnDisposed()
    {
    }
}
