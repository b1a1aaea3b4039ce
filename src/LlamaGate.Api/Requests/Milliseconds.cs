using System.Globalization;

namespace LlamaGate.Api.Requests;

/// <summary>A time in milliseconds with up to three decimals, as <c>Server-Timing</c> has it, made from whole numbers alone.</summary>
internal readonly struct Milliseconds(TimeSpan time) : ISpanFormattable
{
    private const long PerMillisecond = 1000;

    private readonly long _microseconds = (time.Ticks + (TimeSpan.TicksPerMicrosecond / 2)) / TimeSpan.TicksPerMicrosecond;

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var (whole, rest) = Math.DivRem(_microseconds, PerMillisecond);
        if (!whole.TryFormat(destination, out charsWritten, default, CultureInfo.InvariantCulture))
        {
            return false;
        }

        for (var unit = PerMillisecond; rest > 0; rest %= unit)
        {
            if (unit == PerMillisecond && !TryAppend('.', destination, ref charsWritten))
            {
                return false;
            }

            unit /= 10;
            if (!TryAppend((char)('0' + (rest / unit)), destination, ref charsWritten))
            {
                return false;
            }
        }

        return true;
    }

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public override string ToString()
    {
        Span<char> text = stackalloc char[24];
        _ = TryFormat(text, out var length, default, provider: null);
        return new string(text[..length]);
    }

    private static bool TryAppend(char character, Span<char> destination, ref int length)
    {
        if (length >= destination.Length)
        {
            return false;
        }

        destination[length++] = character;
        return true;
    }
}
