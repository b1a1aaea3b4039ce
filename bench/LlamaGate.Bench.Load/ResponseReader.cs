using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LlamaGate.Bench.Load;

/// <summary>
/// Reads as much of an HTTP/1.1 answer as a load has to know: its status, its end, and the stamps of the upstream in it.
/// Whatever dialect the tokens are wrapped in, a stamp is '@' and 16 hexadecimal digits, and '@' is nowhere else.
/// </summary>
/// <param name="onStamp">Told the upstream's time of each token.</param>
public sealed class ResponseReader(Action<long>? onStamp)
{
    private const int StampDigits = 16;
    private const int MostHead = 16 * 1024;
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly List<byte> _head = [];
    private readonly byte[] _tail = new byte[LastChunk.Length];
    private readonly byte[] _stamp = new byte[StampDigits];
    private int _stampLength = -1;
    private bool _inBody;
    private long _left;
    private bool _chunked;

    public int Status { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>When set, every byte of the body is kept here too, with the framing of its chunks.</summary>
    public MemoryStream? Body { get; set; }

    /// <summary>Ready for the next answer of the same connection.</summary>
    public void Reset()
    {
        _head.Clear();
        Array.Clear(_tail);
        _stampLength = -1;
        _inBody = false;
        Status = 0;
        IsComplete = false;
        Body?.SetLength(0);
    }

    /// <exception cref="InvalidDataException">Not an answer that this understands.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (!_inBody)
        {
            bytes = FeedHead(bytes);
        }

        if (_inBody)
        {
            FeedBody(bytes);
        }
    }

    private ReadOnlySpan<byte> FeedHead(ReadOnlySpan<byte> bytes)
    {
        var before = _head.Count;
        foreach (var one in bytes)
        {
            _head.Add(one);
            if (one == '\n' && _head.Count >= 4 && _head[^2] == '\r' && _head[^3] == '\n' && _head[^4] == '\r')
            {
                ParseHead();
                return bytes[(_head.Count - before)..];
            }
        }

        return _head.Count <= MostHead ? [] : throw new InvalidDataException("The answer's head does not end.");
    }

    private void ParseHead()
    {
        var lines = Encoding.ASCII.GetString([.. _head]).Split("\r\n");
        if (!lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            || !int.TryParse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture, out var status))
        {
            throw new InvalidDataException($"Not an answer: {lines[0]}");
        }

        Status = status;
        _inBody = true;
        _chunked = lines.Any(line => line.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase));
        const string lengthHeader = "Content-Length: ";
        var length = lines.FirstOrDefault(line => line.StartsWith(lengthHeader, StringComparison.OrdinalIgnoreCase));
        _left = length is null ? 0 : long.Parse(length.AsSpan(lengthHeader.Length), CultureInfo.InvariantCulture);
        IsComplete = !_chunked && _left == 0;
    }

    private void FeedBody(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Body?.Write(bytes);
        if (onStamp is not null)
        {
            FindStamps(bytes);
        }

        if (!_chunked)
        {
            _left -= bytes.Length;
            IsComplete = _left <= 0;
            return;
        }

        Remember(bytes);
        IsComplete = _tail.AsSpan().SequenceEqual(LastChunk);
    }

    /// <summary>Keeps the body's last bytes: no line of JSON or SSE ends as the last chunk does.</summary>
    private void Remember(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= _tail.Length)
        {
            bytes[^_tail.Length..].CopyTo(_tail);
            return;
        }

        _tail.AsSpan(bytes.Length).CopyTo(_tail);
        bytes.CopyTo(_tail.AsSpan(_tail.Length - bytes.Length));
    }

    private void FindStamps(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_stampLength < 0)
            {
                var at = bytes.IndexOf((byte)'@');
                if (at < 0)
                {
                    return;
                }

                _stampLength = 0;
                bytes = bytes[(at + 1)..];
            }

            var take = Math.Min(bytes.Length, StampDigits - _stampLength);
            bytes[..take].CopyTo(_stamp.AsSpan(_stampLength));
            _stampLength += take;
            bytes = bytes[take..];
            if (_stampLength == StampDigits)
            {
                _stampLength = -1;
                onStamp?.Invoke(Utf8Parser.TryParse(_stamp, out long time, out _, 'x')
                    ? time
                    : throw new InvalidDataException("A stamp that is no number."));
            }
        }
    }
}
