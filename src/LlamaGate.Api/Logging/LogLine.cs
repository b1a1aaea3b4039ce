using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace LlamaGate.Api.Logging;

/// <summary>
/// The format of the log: one JSON object per line. A request's line is formatted by its <see cref="WholeLine"/>; every other line has
/// its message and its properties.
/// </summary>
/// <remarks>By hand, because a template's parser and compiler cost 15 ms of each start.</remarks>
internal sealed class LogLine : ITextFormatter
{
    /// <summary>The property that makes an event a request's line.</summary>
    public const string Request = "Request";

    private static readonly JsonValueFormatter Json = new(typeTagName: null);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        if (logEvent.Properties.TryGetValue(Request, out var entry) && entry is WholeLine)
        {
            entry.Render(output);
            output.Write('\n');
            return;
        }

        output.Write("{\"level\":");
        WriteText(LogFacts.Level(logEvent.Level), output);
        output.Write(",\"message\":");
        WriteText(LogMessage.Of(logEvent), output);
        output.Write(",\"time\":");
        output.Write(logEvent.Timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in LogFacts.Of(logEvent))
        {
            output.Write(',');
            WriteText(name, output);
            output.Write(':');
            Json.Format(value, output);
        }

        if (logEvent.Exception is { } exception)
        {
            output.Write(",\"exception\":");
            WriteText(LogFacts.Fault(exception), output);
        }

        output.Write("}\n");
    }

    private static void WriteText(string text, TextWriter output) => JsonValueFormatter.WriteQuotedJsonString(text, output);
}
