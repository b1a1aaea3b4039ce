using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Serilog.Events;

namespace LlamaGate.Api.Logging;

/// <summary>What the lines of the log have in common: words for levels, an event's own facts, and faults.</summary>
internal static class LogFacts
{
    /// <summary>
    /// Properties that ASP.NET's scopes add to each event: our request id is shorter, and a path can have any length.
    /// </summary>
    private static readonly FrozenSet<string> Noise = FrozenSet.Create(
        StringComparer.Ordinal,
        "EventId", "SourceContext", "RequestId", "RequestPath", "ConnectionId", "ActionId", "ActionName", "Scope",
        "SpanId", "TraceId", "ParentId");

    public static string Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        _ => level.ToString().ToLowerInvariant(),
    };

    /// <summary>An event's own properties, named as in the request's line; without those that are null.</summary>
    public static IEnumerable<KeyValuePair<string, LogEventPropertyValue>> Of(LogEvent logEvent)
    {
        foreach (var (name, value) in logEvent.Properties)
        {
            if (!Noise.Contains(name) && value is not ScalarValue { Value: null })
            {
                yield return new(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
            }
        }
    }

    /// <summary>Types and stacks down the chain of causes. Never a message: it may contain a caller's text.</summary>
    public static string Fault(Exception exception)
    {
        var text = new StringBuilder();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var arrow = text.Length == 0 ? "" : "\n---> ";
            text.Append(arrow).Append(cause.GetType()).Append('\n').Append(cause.StackTrace);
        }

        return text.ToString();
    }
}
