using System.Buffers;
using System.Globalization;
using System.Text;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Durations in the format of Go and Ollama's own tools: <c>30s</c>, <c>1h30m</c>, <c>1.5s</c>, <c>250ms</c>. A number
/// without a unit is refused, except <c>0</c>: 30 could mean seconds or milliseconds.
/// </summary>
internal static class GoDuration
{
    private const int MaxTextLength = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // Longest names first, so that "ms" is not read as "m".
    private static readonly (string Name, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond),
        ("μs", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Length is 0 or > MaxTextLength)
        {
            return false;
        }

        if (text is "0")
        {
            return true;
        }

        decimal ticks = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (!TryTakeTerm(ref rest, out var term) || (ticks += term) > long.MaxValue)
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back as the same duration.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
        {
            var milliseconds = (decimal)duration.Ticks / TimeSpan.TicksPerMillisecond;
            return milliseconds == 0 ? "0" : Number(milliseconds) + "ms";
        }

        var text = new StringBuilder();
        AppendUnlessZero(text, duration.Ticks / TimeSpan.TicksPerHour, "h");
        AppendUnlessZero(text, duration.Minutes, "m");
        AppendUnlessZero(text, (decimal)(duration.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond, "s");
        return text.ToString();
    }

    private static bool TryTakeTerm(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        ticks = 0;
        var digits = rest.IndexOfAnyExcept(Digits);
        if (digits < 1
            || !decimal.TryParse(
                rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue)
        {
            return false;
        }

        rest = rest[digits..];
        foreach (var (name, unit) in Units)
        {
            if (rest.StartsWith(name, StringComparison.Ordinal))
            {
                rest = rest[name.Length..];
                ticks = number * unit;
                return true;
            }
        }

        return false;
    }

    private static void AppendUnlessZero(StringBuilder text, decimal number, string unit)
    {
        if (number != 0)
        {
            text.Append(Number(number)).Append(unit);
        }
    }

    private static string Number(decimal number) => number.ToString("0.#######", CultureInfo.InvariantCulture);
}
