using System.Text;

namespace LlamaGate.Api.Logging;

/// <summary>Stdout, or a test's writer: flushed each time, so that a reader of the pipe sees whole lines at once.</summary>
internal sealed class WriterTarget(TextWriter writer) : ILineTarget
{
    public void Write(StringBuilder lines)
    {
        writer.Write(lines);
        writer.Flush();
    }
}
