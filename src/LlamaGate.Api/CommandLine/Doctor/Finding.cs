namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>The result of a check. It never contains a key, a password or a caller's text.</summary>
/// <param name="Title">One short sentence.</param>
/// <param name="Detail">What it means or how it was measured.</param>
/// <param name="Advice">What to do.</param>
internal sealed record Finding(Severity Severity, string Title, string? Detail = null, string? Advice = null)
{
    /// <summary>The host that the check was made for; null when there is only one, or it is about all.</summary>
    public string? Host { get; init; }

    public static Finding Skipped(string reason) => new(Severity.Skipped, $"Skipped: {reason}.");

    /// <summary>For a measurement that is inconclusive.</summary>
    public static Finding Unknown(string reason, string? advice = null) =>
        new(Severity.Info, $"Unknown: {reason}.", Advice: advice);
}
