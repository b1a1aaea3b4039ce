namespace LlamaGate.Api.Requests;

/// <summary>Where the time of an exchange went, as the value of <c>Server-Timing</c>.</summary>
internal static class ServerTiming
{
    public const string HeaderName = "Server-Timing";

    /// <summary>Null for an exchange that did not reach Ollama.</summary>
    /// <param name="elapsed">Since the request came in.</param>
    public static string? Of(IAnswerFacts? answer, TimeSpan elapsed)
    {
        if (answer is not { Timings: { } timings, UpstreamTime: { } upstream })
        {
            return null;
        }

        var gateway = elapsed > upstream ? elapsed - upstream : TimeSpan.Zero;
        return $"upstream;dur={new Milliseconds(upstream)}, load;dur={new Milliseconds(timings.Load)}, prompt;dur={new Milliseconds(timings.Prompt)}, "
            + $"eval;dur={new Milliseconds(timings.Eval)}, gateway;dur={new Milliseconds(gateway)}";
    }
}
