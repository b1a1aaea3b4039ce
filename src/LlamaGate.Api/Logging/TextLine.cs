using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Events;
using Serilog.Expressions;
using Serilog.Formatting;
using Serilog.Templates;

namespace LlamaGate.Api.Logging;

/// <summary>
/// The log for a person at a terminal: time, level and a sentence; a stack only for an internal fault. It is generated from the
/// JSON, so that both agree. It is slower, but not noticeably so at a terminal.
/// </summary>
internal sealed class TextLine : ITextFormatter
{
    private const string Template =
        "{@t:HH:mm:ss} {Level(@l),-5} {@m}{#if request_id is not null} request_id={request_id}{#end}\n"
        + "{#if @l in ['Error', 'Fatal'] and Fault(@x) is not null}{Fault(@x)}\n{#end}";

    private readonly ExpressionTemplate _other =
        new(Template, CultureInfo.InvariantCulture, new StaticMemberNameResolver(typeof(LogFunctions)));

    public void Format(LogEvent logEvent, TextWriter output)
    {
        if (logEvent.Properties.TryGetValue(LogLine.Request, out var value) && value is WholeLine entry)
        {
            WriteRequest(entry, output);
        }
        else
        {
            _other.Format(logEvent, output);
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

        // Text from a caller, such as a path, must not control the terminal.
        foreach (var character in line.ToString())
        {
            output.Write(char.IsControl(character) ? '?' : character);
        }

        output.Write('\n');
    }

    private static string Text(JsonElement facts, string name) => facts.TryGetProperty(name, out var value) ? value.ToString() : "";
}
