using System.Buffers;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Splits NDJSON into lines, independent of packet boundaries.</summary>
internal static class NdjsonFraming
{
    /// <summary>Takes the next complete line, without its line break; empty lines are skipped.</summary>
    /// <param name="buffer">The data that has been read and not yet taken.</param>
    /// <param name="isLast">No more data will arrive, so the rest is a line even without a line break.</param>
    /// <param name="searched">
    /// How much of the buffer is known to contain no line break, kept between calls: searching a long line again for each
    /// packet would take quadratic time.
    /// </param>
    public static bool TryTakeLine(
        ref ReadOnlySequence<byte> buffer, bool isLast, ref long searched, out ReadOnlySequence<byte> line)
    {
        while (TryTakeRawLine(ref buffer, isLast, ref searched, out line))
        {
            if (!IsBlank(line))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTakeRawLine(
        ref ReadOnlySequence<byte> buffer, bool isLast, ref long searched, out ReadOnlySequence<byte> line)
    {
        if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            searched = 0;
            return true;
        }

        searched = isLast ? 0 : buffer.Length;
        line = isLast ? buffer : default;
        if (isLast)
        {
            buffer = buffer.Slice(buffer.End);
        }

        return line.Length > 0;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }
}
