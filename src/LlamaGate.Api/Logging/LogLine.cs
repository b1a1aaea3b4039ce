using Serilog.Expressions;
using Serilog.Formatting;
using Serilog.Templates;

namespace LlamaGate.Api.Logging;

/// <summary>
/// The shape of the log: one JSON object per line. A request's line has the fields that people and collectors look for
/// first, always in this order; the rest only where they are known. Every other line has its message and its facts.
/// </summary>
internal static class LogLine
{
    /// <summary>The event that gets the shape of a request's line.</summary>
    public const string RequestEnded = "RequestEnded";

    private const string Request =
        "level: Level(@l), request_id: request_id, method: Method, path: Path, status: Status, latency: Latency, "
        + "ip: Ip, time: Time, model: Known(Model), stream: Known(Stream), cache: Known(Cache), "
        + "prompt_tokens: Known(PromptTokens), completion_tokens: Known(CompletionTokens), ttft_ms: Known(TtftMs), "
        + "upstream_ms: Known(UpstreamMs), error: Known(Error)";

    private const string Other =
        "level: Level(@l), message: @m, time: UnixSeconds(@t), ..Facts(@p), exception: Fault(@x)";

    private const string Template =
        "{#if EventId.Name = '" + RequestEnded + "'}{ {" + Request + "} }{#else}{ {" + Other + "} }{#end}\n";

    public static ITextFormatter Formatter() =>
        new ExpressionTemplate(Template, nameResolver: new StaticMemberNameResolver(typeof(LogFunctions)));
}
