using System.Globalization;

namespace LlamaGate.Api.Requests;

/// <summary>How the time of an exchange was spent, as the value of <c>Server-Timing</c>.</summary>
internal static class ServerTiming
{
    public const string HeaderName = "Server-Timing";

    /// <summary>Null for an exchange that did not reach Ollama.</summary>
    /// <param name="elapsed">Since the request arrived.</param>
    public static string? Of(IAnswerFacts? answer, TimeSpan elapsed)
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
            + $"gateway;dur={gateway.TotalMilliseconds:0.###}");
    }
}
