namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>A body that comes a few bytes at a time and ends well or breaks.</summary>
internal sealed class ChoppedStream(byte[] body, int chunk, bool breaks) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == body.Length && breaks)
        {
            throw new IOException("The connection broke.");
        }

        var taken = Math.Min(Math.Min(count, chunk), body.Length - _position);
        body.AsSpan(_position, taken).CopyTo(buffer.AsSpan(offset));
        _position += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
