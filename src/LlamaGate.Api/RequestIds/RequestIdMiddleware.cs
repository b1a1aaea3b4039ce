using System.Globalization;
using System.Text.RegularExpressions;
using LlamaGate.Api.Exchange;
using LlamaGate.Application.Abstractions;
using Serilog.Context;

namespace LlamaGate.Api.RequestIds;

/// <summary>
/// Gives every request the id by which its answer, its log lines and the call upstream find each other. It stands
/// first, so that no answer, whatever goes wrong later, is without one. The caller's own id is taken only when it is
/// a plain word: it goes into headers and logs.
/// </summary>
internal sealed partial class RequestIdMiddleware(RequestDelegate next, TimeProvider timeProvider)
{
    public const string HeaderName = "X-Request-ID";
    public const string ProcessingHeader = "openai-processing-ms";

    /// <summary>The property under which every log line of a request carries its id.</summary>
    public const string LogProperty = "request_id";

    public async Task InvokeAsync(HttpContext context, ExchangeFacts facts)
    {
        facts.StartedAt = timeProvider.GetTimestamp();
        var id = context.Request.Headers[HeaderName] is [{ } own] && PlainWord().IsMatch(own)
            ? own
            : Guid.NewGuid().ToString("N");
        facts.RequestId = id;
        context.TraceIdentifier = id;
        context.Response.OnStarting(() =>
        {
            var elapsed = timeProvider.GetElapsedTime(facts.StartedAt);
            var headers = context.Response.Headers;
            headers[HeaderName] = id;
            headers[ProcessingHeader] = ((long)elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            // A stream tells it at its end, even one that has ended before its first byte goes out.
            if (facts.Stream is not true && ServerTiming.Of(facts, elapsed) is { } timing)
            {
                headers[ServerTiming.HeaderName] = timing;
            }

            return Task.CompletedTask;
        });
        using (LogContext.PushProperty(LogProperty, id))
        {
            await next(context);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainWord();
}
