using System.Diagnostics;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Telemetry;

/// <summary>The spans of an upstream call: <c>queue</c>, <c>load</c> and <c>chat {model}</c>. They hold no prompt, answer, key or address of a caller.</summary>
internal sealed class CallSpans(TelemetryScope scope, IHostAddresses hosts, TimeProvider timeProvider)
{
    private readonly ActivitySource _activities = scope.Activities;

    /// <summary>Whether somebody wants spans.</summary>
    public bool AreWanted => _activities.HasListeners();

    /// <summary>A call begins to wait for its slot.</summary>
    public Activity? BeginWait(UpstreamCall call)
    {
        var span = _activities.StartActivity(TelemetryNames.QueueSpan);
        span?.SetTag(TelemetryNames.RequestModel, call.Model);
        return span;
    }

    /// <summary>The part of a wait in which the model was loaded, now that it is over.</summary>
    public void NoteLoad(UpstreamCall call, string host, TimeSpan loading)
    {
        if (loading <= TimeSpan.Zero)
        {
            return;
        }

        var current = Activity.Current;
        using (var span = _activities.StartActivity(
            TelemetryNames.LoadSpan, ActivityKind.Internal, current?.Context ?? default, startTime: timeProvider.GetUtcNow() - loading))
        {
            span?.SetTag(TelemetryNames.RequestModel, call.Model).SetTag(TelemetryNames.Host, host);
        }

        Activity.Current = current;
    }

    /// <summary>Sends a call within a span, which ends with its answer.</summary>
    /// <param name="host">The host's name; null = the only one.</param>
    /// <param name="send">Sends the call that it gets, which names the span.</param>
    public async Task<IUpstreamAnswer> SendAsync(UpstreamCall call, string? host, Func<UpstreamCall, Task<IUpstreamAnswer>> send)
    {
        var span = BeginCall(call, host);
        try
        {
            var answer = await send(WithTrace(call, span));
            return span is null ? answer : new TracedAnswer(answer, span, call.Model);
        }
        catch (Exception exception)
        {
            Fail(span, exception);
            End(span);
            throw;
        }
    }

    /// <param name="host">The host's name; null = the only one.</param>
    /// <returns>Null for a call that does not work on a model, and when the span is not wanted.</returns>
    private Activity? BeginCall(UpstreamCall call, string? host)
    {
        if (call.Endpoint.Operation() is not { } kind)
        {
            return null;
        }

        var operation = ModelOperations.Of(kind);
        var span = _activities.StartActivity($"{operation} {call.Model}", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.OperationName, operation)
                .SetTag(TelemetryNames.ProviderName, TelemetryNames.Ollama)
                .SetTag(TelemetryNames.RequestModel, call.Model);
            if (hosts.Find(host) is { } address)
            {
                span.SetTag(TelemetryNames.Host, address.Name)
                    .SetTag(TelemetryNames.ServerAddress, address.Host)
                    .SetTag(TelemetryNames.ServerPort, address.PortTag);
            }
        }

        return span;
    }

    /// <summary>The call with the span that is sent upstream.</summary>
    private static UpstreamCall WithTrace(UpstreamCall call, Activity? span) =>
        (span ?? Activity.Current) is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current
            ? call with { Trace = new TraceContext(id, current.TraceStateString) }
            : call;

    public static void Fail(Activity? span, Exception exception) => Fail(span, exception switch
    {
        GatewayException failure => failure.Error,
        OperationCanceledException => null,
        _ => GatewayError.Internal,
    });

    /// <param name="error">Null = the caller has left.</param>
    public static void Fail(Activity? span, GatewayError? error)
    {
        span?.SetTag(TelemetryNames.ErrorType, error is { } failure ? UsageMetrics.ErrorTypeOf(failure) : TelemetryNames.ClientLeft);
        span?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Ends a span without a change of the current one, which may be that of another request by now.</summary>
    public static void End(Activity? span)
    {
        if (span is not null)
        {
            var current = Activity.Current;
            span.Stop();
            Activity.Current = current == span ? span.Parent : current;
        }
    }
}
