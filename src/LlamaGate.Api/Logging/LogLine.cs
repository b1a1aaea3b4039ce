using Serilog.Events;
using Serilog.Expressions;
using Serilog.Formatting;
using Serilog.Templates;

namespace LlamaGate.Api.Logging;

/// <summary>
/// The format of the log: one JSON object per line. A request's line is formatted by its <see cref="WholeLine"/>; every other line has
/// its message and its properties.
/// </summary>
internal sealed class LogLine : ITextFormatter
{
    /// <summary>The property that makes an event a request's line.</summary>
    public const string Request = "Request";

    private const string Template =
        "{ {level: Level(@l), message: @m, time: UnixSeconds(@t), ..Facts(@p), exception: Fault(@x)} }\n";

    private readonly ExpressionTemplate _other =
        new(Template, nameResolver: new StaticMemberNameResolver(typeof(LogFunctions)));

    public void Format(LogEvent logEvent, TextWriter output)
    {
        if (logEvent.Properties.TryGetValue(Request, out var entry) && entry is WholeLine)
        {
            entry.Render(output);
            output.Write('\n');
        }
        else
        {
            _other.Format(logEvent, output);
        }
    }
}
