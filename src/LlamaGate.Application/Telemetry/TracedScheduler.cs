using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Telemetry;

/// <summary>Gives each wait for a slot a span, also one that ends with a refusal.</summary>
internal sealed class TracedScheduler(IScheduler scheduler, CallSpans spans) : IScheduler
{
    public ValueTask<ISlotLease?> AcquireAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var acquiring = scheduler.AcquireAsync(call, cancellationToken);
        return acquiring.IsCompletedSuccessfully || !spans.AreWanted ? acquiring : TraceAsync(acquiring, call);
    }

    public void Drain(TimeSpan within) => scheduler.Drain(within);

    private async ValueTask<ISlotLease?> TraceAsync(ValueTask<ISlotLease?> acquiring, UpstreamCall call)
    {
        var span = spans.BeginWait(call);
        try
        {
            var lease = await acquiring;
            span?.SetTag(TelemetryNames.Host, lease?.Host);
            return lease;
        }
        catch (Exception exception)
        {
            CallSpans.Fail(span, exception);
            throw;
        }
        finally
        {
            CallSpans.End(span);
        }
    }
}
