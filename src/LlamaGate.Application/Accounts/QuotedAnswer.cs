using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Accounts;

/// <summary>An answer whose estimated use is reserved until its last line.</summary>
internal sealed class QuotedAnswer(IUpstreamAnswer answer, QuotaReservation reservation) : WrappedAnswer(answer)
{
    public override ValueTask CompleteAsync(UpstreamEnd end)
    {
        // The record is added before the rest of the body is awaited.
        var completing = base.CompleteAsync(end);
        reservation.Dispose();
        return completing;
    }

    protected override void OnDisposed() => reservation.Dispose();
}
