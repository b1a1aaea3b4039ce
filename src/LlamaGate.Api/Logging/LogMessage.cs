using System.Globalization;
using Serilog.Events;
using Serilog.Formatting.Json;
using Serilog.Parsing;

namespace LlamaGate.Api.Logging;

/// <summary>The sentence of an event: its template with the properties in their places. Texts are not quoted; lists are JSON.</summary>
internal static class LogMessage
{
    private static readonly JsonValueFormatter Json = new(typeTagName: null);

    public static string Of(LogEvent logEvent)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var token in logEvent.MessageTemplate.Tokens)
        {
            if (token is PropertyToken property && logEvent.Properties.TryGetValue(property.PropertyName, out var value))
            {
                Write(property, value, output);
            }
            else
            {
                // A text; or the name of a property, in its braces, that the event does not have.
                output.Write(token);
            }
        }

        return output.ToString();
    }

    private static void Write(PropertyToken property, LogEventPropertyValue value, TextWriter output)
    {
        switch (value)
        {
            case ScalarValue { Value: string text }:
                output.Write(text);
                break;
            case ScalarValue:
                value.Render(output, property.Format, CultureInfo.InvariantCulture);
                break;
            default:
                Json.Format(value, output);
                break;
        }
    }
}
