using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace LlamaGate.Api.Logging;

/// <summary>
/// Writes each event as one whole line and flushes it, so that a reader of the pipe sees it at once and never half.
/// Called by the one thread of the asynchronous sink, off the requests' way.
/// </summary>
internal sealed class TextWriterSink(TextWriter writer, ITextFormatter formatter) : ILogEventSink
{
    private readonly StringBuilder _line = new(512);

    public void Emit(LogEvent logEvent)
    {
        _line.Clear();
        using var buffer = new StringWriter(_line);
        formatter.Format(logEvent, buffer);
        writer.Write(_line);
        writer.Flush();
    }
}
