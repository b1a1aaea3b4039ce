namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>The line of a byte. Offsets must not decrease from call to call, so that the text is passed once.</summary>
internal sealed class LineCounter(byte[] text)
{
    private int _at;
    private int _line = 1;

    public int LineOf(long offset)
    {
        _line += text.AsSpan(_at, (int)offset - _at).Count((byte)'\n');
        _at = (int)offset;
        return _line;
    }
}
