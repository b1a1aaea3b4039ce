namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>What a check has found. It never holds a key, a password or a text of a caller.</summary>
/// <param name="Title">One short sentence.</param>
/// <param name="Detail">What it means or how it was measured.</param>
/// <param name="Advice">What to do.</param>
internal sealed record Finding(Severity Severity, string Title, string? Detail = null, string? Advice = null)
{
    public static Finding Skipped(string reason) => new(Severity.Skipped, $"Not looked at: {reason}.");

    /// <summary>An honest answer where a measurement says nothing.</summary>
    public static Finding Unknown(string reason, string? advice = null) =>
        new(Severity.Info, $"Could not tell: {reason}.", Advice: advice);
}
