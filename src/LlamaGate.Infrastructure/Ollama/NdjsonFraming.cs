using System.Buffers;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Cuts NDJSON into its lines, wherever the network cut it.</summary>
internal static class NdjsonFraming
{
    /// <summary>Takes the next line that is complete, without its line break; empty lines are passed over.</summary>
    /// <param name="buffer">What has been read and not yet taken.</param>
    /// <param name="isLast">Nothing more will come, so that the rest is a line even without a line break.</param>
    public static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        while (TryTakeRawLine(ref buffer, isLast, out line))
        {
            if (!IsBlank(line))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTakeRawLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

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
