using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Serilog.Events;

namespace LlamaGate.Api.Logging;

/// <summary>The functions of <see cref="LogLine"/>'s template. A null result leaves the field out.</summary>
internal static class LogFunctions
{
    /// <summary>
    /// Properties that ASP.NET's scopes add to each event: our request id is shorter, and a path can have any length.
    /// </summary>
    private static readonly FrozenSet<string> Noise = FrozenSet.Create(
        StringComparer.Ordinal,
        "EventId", "SourceContext", "RequestId", "RequestPath", "ConnectionId", "ActionId", "ActionName", "Scope",
        "SpanId", "TraceId", "ParentId");

    public static LogEventPropertyValue? Level(LogEventPropertyValue? level) =>
        level is ScalarValue { Value: { } value } ? new ScalarValue(Word(value.ToString())) : null;

    public static LogEventPropertyValue? UnixSeconds(LogEventPropertyValue? time) =>
        time is ScalarValue { Value: DateTimeOffset moment } ? new ScalarValue(moment.ToUnixTimeSeconds()) : null;

    public static LogEventPropertyValue? Known(LogEventPropertyValue? value) =>
        value is null or ScalarValue { Value: null } ? null : value;

    /// <summary>An event's own properties, named as in the request's line.</summary>
    public static LogEventPropertyValue? Facts(LogEventPropertyValue? properties) => properties is StructureValue all
        ? new StructureValue(all.Properties
            .Where(property => !Noise.Contains(property.Name) && Known(property.Value) is not null)
            .Select(property => new LogEventProperty(
                JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.Value)))
        : null;

    /// <summary>Types and stacks down the chain of causes. Never a message: it may contain a caller's text.</summary>
    public static LogEventPropertyValue? Fault(LogEventPropertyValue? exception)
    {
        if (exception is not ScalarValue { Value: Exception fault })
        {
            return null;
        }

        var text = new StringBuilder();
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            var arrow = text.Length == 0 ? "" : "\n---> ";
            text.Append(arrow).Append(cause.GetType()).Append('\n').Append(cause.StackTrace);
        }

        return new ScalarValue(text.ToString());
    }

    private static string Word(string? level) => level switch
    {
        nameof(LogEventLevel.Information) => "info",
        nameof(LogEventLevel.Warning) => "warn",
        { } other => other.ToLowerInvariant(),
        null => "info",
    };
}
