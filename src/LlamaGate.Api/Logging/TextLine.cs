using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace LlamaGate.Api.Logging;

/// <summary>
/// The log for a person at a terminal: time, level and a sentence; a stack only for an internal fault. It is generated from the
/// JSON, so that both agree. It is slower, but not noticeably so at a terminal.
/// </summary>
internal sealed class TextLine : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        if (logEvent.Properties.TryGetValue(LogLine.Request, out var value) && value is WholeLine entry)
        {
            WriteRequest(entry, output);
        }
        else
        {
            WriteEvent(logEvent, output);
        }
    }

    private static void WriteEvent(LogEvent logEvent, TextWriter output)
    {
        var line = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"{logEvent.Timestamp:HH:mm:ss} {LogFacts.Level(logEvent.Level),-5} {LogMessage.Of(logEvent)}");
        if (logEvent.Properties.TryGetValue(LogProperties.RequestId, out var id) && id is ScalarValue { Value: string text })
        {
            line.Append(CultureInfo.InvariantCulture, $" {LogProperties.RequestId}={text}");
        }

        Write(line, output);
        if (logEvent.Level >= LogEventLevel.Error && logEvent.Exception is { } exception)
        {
            output.Write(LogFacts.Fault(exception));
            output.Write('\n');
        }
    }

    private static void WriteRequest(WholeLine entry, TextWriter output)
    {
        using var json = new StringWriter(CultureInfo.InvariantCulture);
        entry.Render(json);
        using var document = JsonDocument.Parse(json.ToString());
        var facts = document.RootElement;
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{entry.EndedAt.ToLocalTime():HH:mm:ss} {Text(facts, "level"),-5} ")
            .Append(CultureInfo.InvariantCulture, $"{Text(facts, "method")} {Text(facts, "path")} ")
            .Append(CultureInfo.InvariantCulture, $"{Text(facts, "status")} {Text(facts, "latency")}");
        foreach (var fact in facts.EnumerateObject().Where(fact =>
            fact.Name is not ("level" or "time" or "method" or "path" or "status" or "latency")))
        {
            line.Append(' ').Append(fact.Name).Append('=').Append(fact.Value);
        }

        Write(line, output);
    }

    /// <summary>Text from a caller, such as a path or a model's name, must not control the terminal.</summary>
    private static void Write(StringBuilder line, TextWriter output)
    {
        foreach (var character in line.ToString())
        {
            output.Write(char.IsControl(character) ? '?' : character);
        }

        output.Write('\n');
    }

    private static string Text(JsonElement facts, string name) => facts.TryGetProperty(name, out var value) ? value.ToString() : "";
}
