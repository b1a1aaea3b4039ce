namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// A host's clock. Ollama says when it unloads a model in its own time, and its machine's clock may be minutes off: read with the gateway's
/// clock, a model that has just been loaded would count as unloaded.
/// </summary>
internal static class HostClock
{
    /// <summary>Within this the clocks agree: the header is rounded down to a second, and the answer took a while.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    /// <summary>The host's time.</summary>
    /// <param name="date">The host's answer, to the second; null when it does not say, which means the gateway's.</param>
    /// <param name="now">The gateway's time when the answer came.</param>
    public static DateTimeOffset Now(DateTimeOffset? date, DateTimeOffset now) =>
        date is { } named && (named - now).Duration() > Tolerance ? named : now;
}
