using System.Globalization;
using LlamaGate.Api.Errors;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Requests;

/// <summary>How the time of an exchange was spent, as the value of <c>Server-Timing</c>.</summary>
internal static class ServerTiming
{
    public const string HeaderName = "Server-Timing";

    /// <summary>Null for an exchange that did not reach Ollama.</summary>
    public static string? Of(HttpContext context, Exchange exchange, TimeSpan elapsed) => Of(
        exchange.Answer, elapsed, context.GetEndpoint()?.Metadata.GetMetadata<SpeaksAttribute>()?.Dialect, exchange.Route);

    /// <param name="answer">The facts about the answer.</param>
    /// <param name="elapsed">Since the request arrived.</param>
    /// <param name="dialect">The API that the client uses; null for an endpoint without one.</param>
    /// <param name="route">Of the last upstream call; null with a single host.</param>
    internal static string? Of(IAnswerFacts? answer, TimeSpan elapsed, string? dialect = null, UpstreamRoute? route = null)
    {
        if (answer is not { Timings: { } timings, UpstreamTime: { } upstream })
        {
            return null;
        }

        var gateway = elapsed > upstream ? elapsed - upstream : TimeSpan.Zero;
        // The gateway's own load is part of the wait. It is shown as load, not as queue.
        var load = timings.Load + (route?.Loading ?? TimeSpan.Zero);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"upstream;dur={new Milliseconds(upstream)}, {Queue(route)}load;dur={new Milliseconds(load)}, "
            + $"prompt;dur={new Milliseconds(timings.Prompt)}, eval;dur={new Milliseconds(timings.Eval)}, "
            + $"gateway;dur={new Milliseconds(gateway)}{Named("dialect", dialect)}{Named("host", route?.Host)}");
    }

    private static string Queue(UpstreamRoute? route) => route is null
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"queue;dur={new Milliseconds(TimeSpan.FromTicks(Math.Max(0, (route.Waited - route.Failed - route.Loading).Ticks)))}, ");

    private static string Named(string name, string? value) => value is null ? "" : $", {name};desc=\"{value}\"";
}
