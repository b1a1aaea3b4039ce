using System.Globalization;
using LlamaGate.Api.Errors;

namespace LlamaGate.Api.Requests;

/// <summary>How the time of an exchange was spent, as the value of <c>Server-Timing</c>.</summary>
internal static class ServerTiming
{
    public const string HeaderName = "Server-Timing";

    /// <summary>Null for an exchange that did not reach Ollama.</summary>
    public static string? Of(HttpContext context, Exchange exchange, TimeSpan elapsed) => Of(
        exchange.Answer, elapsed, context.GetEndpoint()?.Metadata.GetMetadata<SpeaksAttribute>()?.Dialect, exchange.Route?.Host);

    /// <param name="answer">The facts about the answer.</param>
    /// <param name="elapsed">Since the request arrived.</param>
    /// <param name="dialect">The API that the client uses; null for an endpoint without one.</param>
    /// <param name="host">The host's name; null with a single host.</param>
    internal static string? Of(IAnswerFacts? answer, TimeSpan elapsed, string? dialect = null, string? host = null)
    {
        if (answer is not { Timings: { } timings, UpstreamTime: { } upstream })
        {
            return null;
        }

        var gateway = elapsed > upstream ? elapsed - upstream : TimeSpan.Zero;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"upstream;dur={upstream.TotalMilliseconds:0.###}, load;dur={timings.Load.TotalMilliseconds:0.###}, "
            + $"prompt;dur={timings.Prompt.TotalMilliseconds:0.###}, eval;dur={timings.Eval.TotalMilliseconds:0.###}, "
            + $"gateway;dur={gateway.TotalMilliseconds:0.###}{Named("dialect", dialect)}{Named("host", host)}");
    }

    private static string Named(string name, string? value) => value is null ? "" : $", {name};desc=\"{value}\"";
}
