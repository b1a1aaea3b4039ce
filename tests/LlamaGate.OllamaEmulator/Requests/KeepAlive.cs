using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlamaGate.OllamaEmulator.Requests;

/// <summary>keep_alive as Ollama reads it: a number of seconds, or a Go duration such as <c>1h30m</c>; negative is for ever.</summary>
internal static partial class KeepAlive
{
    /// <summary>Ollama's for ever: the longest time that Go knows.</summary>
    public static readonly TimeSpan Forever = TimeSpan.FromDays(106_751);

    /// <summary>Null when the request does not say.</summary>
    public static TimeSpan? Of(NativeRequest request) => request.Member("keep_alive") switch
    {
        { ValueKind: JsonValueKind.Number } number => Limited(number.GetDouble()),
        { ValueKind: JsonValueKind.String } text => Limited(Seconds(text.GetString() ?? string.Empty)),
        _ => null,
    };

    private static TimeSpan Limited(double seconds) =>
        seconds < 0 || seconds > Forever.TotalSeconds ? Forever : TimeSpan.FromSeconds(seconds);

    private static double Seconds(string duration)
    {
        var sum = Part().Matches(duration).Sum(part =>
            double.Parse(part.Groups["n"].Value, CultureInfo.InvariantCulture) * Unit(part.Groups["unit"].Value));
        return duration.StartsWith('-') ? -sum : sum;
    }

    private static double Unit(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        _ => 1e-9,
    };

    [GeneratedRegex(
        @"(?<n>\d+(\.\d*)?)(?<unit>ns|us|µs|ms|s|m|h)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
