using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Scheduling;

/// <summary>An answer that keeps its slot until its last line. Nothing is awaited for a line, so that it costs no more than a count.</summary>
internal sealed class LeasedAnswer(IUpstreamAnswer answer, ISlotLease lease) : WrappedAnswer(answer)
{
    /// <summary>Lines are reported in steps of this many.</summary>
    private const int Step = 64;

    private int _lines;

    public override ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        lease.NoteMove();
        if (++_lines % Step == 0)
        {
            lease.NoteLines(_lines);
        }

        return base.ReadLineAsync(cancellationToken);
    }

    public override ValueTask CompleteAsync(UpstreamEnd end)
    {
        // First: the slot is free, whatever the rest of the body may be.
        lease.Complete(end);
        return base.CompleteAsync(end);
    }

    protected override void OnDisposed() => lease.Dispose();
}
