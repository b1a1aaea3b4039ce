using System.Diagnostics;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Telemetry;

/// <summary>Ends the span of a call with its answer.</summary>
internal sealed class TracedAnswer(IUpstreamAnswer answer, Activity span, string? model) : WrappedAnswer(answer)
{
    private int _isOver;

    public override ValueTask CompleteAsync(UpstreamEnd end)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            span.SetTag(TelemetryNames.ResponseModel, model);
            if (end.Usage is { } usage)
            {
                span.SetTag(TelemetryNames.InputTokens, usage.PromptTokens).SetTag(TelemetryNames.OutputTokens, usage.CompletionTokens);
            }

            CallSpans.End(span);
        }

        return base.CompleteAsync(end);
    }

    protected override void OnDisposed()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            CallSpans.Fail(span, Failure);
            CallSpans.End(span);
        }
    }
}
