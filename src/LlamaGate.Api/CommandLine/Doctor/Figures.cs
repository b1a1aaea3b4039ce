using System.Globalization;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>Formats measured figures, with no more digits than the measurement justifies.</summary>
internal static class Figures
{
    private const double WordsPerToken = 0.75;

    public static string Of(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");

    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The number of English words that fit into this number of tokens, to two digits: a rule of thumb.</summary>
    public static string WordsOf(long tokens)
    {
        var words = tokens * WordsPerToken;
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, words))) - 1));
        return Of((long)(Math.Round(words / unit) * unit));
    }

    public static string OfBytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB"),
    };
}
