using System.Diagnostics;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Telemetry;

namespace LlamaGate.Api.Telemetry;

/// <summary>
/// Gives each request a span that continues its caller's trace. It runs right outside the exchange, whose facts describe the span, and
/// whose log and metrics are written within it. Without a listener it only passes on. Probes and scrapes have no span.
/// </summary>
internal sealed class TraceMiddleware(RequestDelegate next, TelemetryScope scope)
{
    private readonly ActivitySource _activities = scope.Activities;

    public Task InvokeAsync(HttpContext context) => _activities.HasListeners() && IsWanted(context.Request.Path.Value)
        ? TraceAsync(context)
        : next(context);

    private static bool IsWanted(string? path) => !Routes.IsProbe(path) && path is not Routes.Metrics;

    private async Task TraceAsync(HttpContext context)
    {
        var caller = RequestTrace.Of(context.Request.Headers) is { } trace
            && ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out var parent)
            ? parent
            : default;
        // Not the framework's current activity: the caller decides where its trace goes on.
        Activity.Current = null;
        var span = _activities.StartActivity(context.Request.Method, ActivityKind.Server, caller);
        try
        {
            await next(context);
        }
        finally
        {
            if (span is not null)
            {
                if (span.IsAllDataRequested && context.Features.Get<Exchange>() is { } exchange)
                {
                    RequestTelemetry.Describe(span, context, exchange);
                }

                span.Stop();
            }
        }
    }
}
