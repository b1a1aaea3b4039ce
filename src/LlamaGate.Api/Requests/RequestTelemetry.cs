using System.Diagnostics;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Application.Telemetry;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Requests;

/// <summary>Records requests that have ended in the metrics, and describes them in their spans. Without prompts, answers, keys and addresses.</summary>
internal sealed class RequestTelemetry(RequestMetrics metrics, CurrentSettings settings, TimeProvider timeProvider)
{
    /// <summary>A caller chooses the model's name and the path, and must not control how much is sent.</summary>
    private const int MaxTextLength = 256;

    public void Record(HttpContext context, Exchange exchange) => metrics.Record(
        new EndedRequest(timeProvider.GetElapsedTime(exchange.StartedAt))
        {
            Operation = RequestOperations.Of(context),
            Model = exchange.Model,
            Cache = exchange.Answer?.Cache.ToWord(),
            ErrorType = ErrorTypeOf(context, exchange),
            FirstToken = exchange.Answer?.TimeToFirstToken,
            UpstreamTime = exchange.Answer?.UpstreamTime,
            Usage = exchange.Answer?.Usage,
        },
        settings.ModelAliases);

    public static void Describe(Activity span, HttpContext context, Exchange exchange)
    {
        var (route, status) = (RequestOperations.RouteOf(context), context.FinalStatus());
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag(TelemetryNames.HttpMethod, context.Request.Method)
            .SetTag(TelemetryNames.HttpRoute, route)
            .SetTag(TelemetryNames.UrlPath, Bounded(context.Request.Path.Value))
            .SetTag(TelemetryNames.HttpStatus, status)
            .SetTag(TelemetryNames.RequestId, exchange.RequestId)
            .SetTag(TelemetryNames.OperationName, RequestOperations.Of(context))
            .SetTag(TelemetryNames.RequestModel, Bounded(exchange.Model))
            .SetTag(TelemetryNames.Host, exchange.Route?.Host)
            .SetTag(TelemetryNames.Key, context.Features.Get<Caller>()?.Id);
        if (exchange.Route is { Position: > 0 and var position })
        {
            span.SetTag(TelemetryNames.QueuePosition, position);
        }

        if (exchange.Answer is { } answer)
        {
            span.SetTag(TelemetryNames.Cache, answer.Cache.ToWord())
                .SetTag(TelemetryNames.InputTokens, answer.Usage?.PromptTokens)
                .SetTag(TelemetryNames.OutputTokens, answer.Usage?.CompletionTokens);
        }

        if (ErrorTypeOf(context, exchange) is { } error)
        {
            span.SetTag(TelemetryNames.ErrorType, error);
            if (status is < 400 or >= 500)
            {
                // As the conventions say: an error of the client's is none of the server's.
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    private static string? ErrorTypeOf(HttpContext context, Exchange exchange) =>
        context.HasClientLeft() ? TelemetryNames.ClientLeft : exchange.ErrorCode;

    private static string? Bounded(string? text) => text is { Length: > MaxTextLength } ? text[..MaxTextLength] : text;
}
