using System.Buffers.Text;

namespace LlamaGate.PerformanceTests.Running;

/// <summary>Follows an answer of the gateway as its bytes come in, in no more memory than it begins with.</summary>
internal sealed class AnswerReader
{
    private static readonly byte[] LastChunk = [.. "\r\n0\r\n\r\n"u8];

    private readonly byte[] _head = new byte[4096];
    private readonly byte[] _tail = new byte[LastChunk.Length];
    private int _headLength;
    private long _bodyLength;
    private long _bodyLeft;

    public int Status { get; private set; }

    /// <summary>Events and comments of a stream: whatever ends with an empty line.</summary>
    public long Events { get; private set; }

    public bool IsComplete => Status > 0 && (_bodyLength >= 0 ? _bodyLeft <= 0 : _tail.AsSpan().SequenceEqual(LastChunk));

    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    public void Begin()
    {
        _headLength = 0;
        _tail.AsSpan().Clear();
        Status = 0;
        Events = 0;
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (Status == 0)
        {
            bytes = TakeHead(bytes);
        }

        Events += CountEvents(bytes);
        _bodyLeft -= bytes.Length;
        KeepTail(bytes);
    }

    /// <returns>What of the bytes belongs to the body.</returns>
    private ReadOnlySpan<byte> TakeHead(ReadOnlySpan<byte> bytes)
    {
        var searched = Math.Max(0, _headLength - 3);
        var taken = Math.Min(bytes.Length, _head.Length - _headLength);
        bytes[..taken].CopyTo(_head.AsSpan(_headLength));
        var end = _head.AsSpan(searched, _headLength + taken - searched).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _headLength += taken;
            return [];
        }

        var before = _headLength;
        _headLength = searched + end + 4;
        ReadHead();
        return bytes[(_headLength - before)..];
    }

    private void ReadHead()
    {
        Status = Number(Head["HTTP/1.1 ".Length..]);
        var length = Head.IndexOf("Content-Length: "u8);
        // Without a length the body comes in chunks, and the last one tells its end.
        _bodyLength = length < 0 ? -1 : Number(Head[(length + "Content-Length: ".Length)..]);
        _bodyLeft = _bodyLength;
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out _)
            ? number
            : throw new InvalidOperationException("The gateway's answer has no number where one must be.");

    private long CountEvents(ReadOnlySpan<byte> bytes)
    {
        // The two line breaks may come in two packets.
        var split = bytes.Length > 0 && bytes[0] == '\n' && _tail[^1] == '\n' ? 1 : 0;
        return split + bytes.Count("\n\n"u8);
    }

    private void KeepTail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= _tail.Length)
        {
            bytes[^_tail.Length..].CopyTo(_tail);
            return;
        }

        _tail.AsSpan(bytes.Length).CopyTo(_tail);
        bytes.CopyTo(_tail.AsSpan(_tail.Length - bytes.Length));
    }
}
