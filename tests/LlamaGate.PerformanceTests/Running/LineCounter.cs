using System.Globalization;
using System.Text;

namespace LlamaGate.PerformanceTests.Running;

/// <summary>
/// A log that goes nowhere and allocates nothing. It counts lines, so that a measurement can wait until every line that belongs to
/// it has been written: lines are formatted on a thread of their own, and what that allocates counts too.
/// </summary>
internal sealed class LineCounter : TextWriter
{
    private readonly object _gate = new();
    private long _lines;

    public LineCounter()
        : base(CultureInfo.InvariantCulture)
    {
    }

    public override Encoding Encoding => Encoding.UTF8;

    public long Lines
    {
        get
        {
            lock (_gate)
            {
                return _lines;
            }
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(StringBuilder? value)
    {
        foreach (var part in value!.GetChunks())
        {
            Write(part.Span);
        }
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var lines = buffer.Count('\n');
        if (lines > 0)
        {
            lock (_gate)
            {
                _lines += lines;
                Monitor.PulseAll(_gate);
            }
        }
    }

    public void WaitFor(long lines, TimeSpan longest)
    {
        lock (_gate)
        {
            while (_lines < lines)
            {
                if (!Monitor.Wait(_gate, longest))
                {
                    throw new TimeoutException($"The log has {_lines} lines, not {lines}, and no new one came in {longest}.");
                }
            }
        }
    }
}
