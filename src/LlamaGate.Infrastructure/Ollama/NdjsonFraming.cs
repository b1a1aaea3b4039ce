using System.Buffers;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Cuts NDJSON into its lines, wherever the network cut it.</summary>
internal static class NdjsonFraming
{
    /// <summary>Takes the next line that is complete, without its line break; empty lines are passed over.</summary>
    /// <param name="buffer">What has been read and not yet taken.</param>
    /// <param name="isLast">Nothing more will come, so that the rest is a line even without a line break.</param>
    /// <param name="searched">
    /// How much of the buffer is known to hold no line break, kept between calls: to search a long line anew for each
    /// of its packets would take time that grows with the square of its length.
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
