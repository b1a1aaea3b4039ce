namespace LlamaGate.Api.Requests;

/// <summary>
/// A time written in milliseconds, rounded to microseconds, without zeros at the end: the format <c>0.###</c>. Integers take a tenth of the
/// time that a custom format of a floating-point number takes, and every answer has five of them.
/// </summary>
internal readonly record struct Milliseconds(TimeSpan Time) : ISpanFormattable
{
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var microseconds = (Time.Ticks + (TimeSpan.TicksPerMicrosecond / 2)) / TimeSpan.TicksPerMicrosecond;
        var (whole, fraction) = Math.DivRem(microseconds, 1000);
        if (fraction == 0)
        {
            return whole.TryFormat(destination, out charsWritten, default, provider);
        }

        var hasRoom = destination.TryWrite(provider, $"{whole}.{fraction:D3}", out charsWritten);
        while (hasRoom && destination[charsWritten - 1] == '0')
        {
            charsWritten--;
        }

        return hasRoom;
    }

    public string ToString(string? format, IFormatProvider? formatProvider) => string.Create(formatProvider, $"{this}");
}
