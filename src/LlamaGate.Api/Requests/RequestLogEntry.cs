using System.Globalization;
using System.Net;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Logging;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Generation;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace LlamaGate.Api.Requests;

/// <summary>
/// The facts of one ended request, and their log format. They are passed as one value of one event, and are formatted where the log is
/// written: one property for each, as in message templates, costs more than many a request.
/// </summary>
internal sealed class RequestLogEntry(HttpContext context, Exchange exchange, TimeSpan elapsed, DateTimeOffset endedAt)
    : WholeLine
{
    /// <summary>The caller chooses path and model, and must not control how much we write.</summary>
    private const int MaxTextLength = 256;

    // Copied now: the server reuses the context for its next request before this is written.
    private readonly string _method = context.Request.Method;
    private readonly string _path = context.Request.Path.Value ?? "";
    private readonly IPAddress? _ip = context.Connection.RemoteIpAddress;
    private readonly int _status = context.FinalStatus();

    private readonly string? _requestId = exchange.RequestId;
    private readonly string? _model = exchange.Model;
    private readonly string? _dialect = context.GetEndpoint()?.Metadata.GetMetadata<SpeaksAttribute>()?.Dialect;
    private readonly string? _key = context.Features.Get<Caller>() is { HasKey: true } caller ? caller.Id : null;
    private readonly UpstreamRoute? _route = exchange.Route;
    private readonly bool? _stream = exchange.IsStream;
    private readonly CacheOutcome? _cache = exchange.Answer?.Cache;
    private readonly TokenUsage? _usage = exchange.Answer?.Usage;
    private readonly TimeSpan? _timeToFirstToken = exchange.Answer?.TimeToFirstToken;
    private readonly TimeSpan? _upstreamTime = exchange.Answer?.UpstreamTime;
    private readonly string? _context = ContextShift.Of(exchange.Answer);
    private readonly string? _error = exchange.ErrorCode;
    private readonly int? _upstreamStatus = exchange.UpstreamStatus;
    private readonly string? _param = exchange.ErrorParam;

    /// <summary>A client disconnect is not our failure; a stream that fails after its 200 is.</summary>
    public LogEventLevel Level => _status switch
    {
        _ when IsProbe => LogEventLevel.Debug,
        StatusCodes.Status499ClientClosedRequest => LogEventLevel.Information,
        >= 500 => LogEventLevel.Error,
        < 400 when _error is not null => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };

    public override DateTimeOffset EndedAt => endedAt;

    private bool IsProbe => Routes.IsProbe(_path) || (_path is Routes.Metrics && _status < StatusCodes.Status400BadRequest);

    /// <summary>A JSON object: the most important fields first in this order, then the rest if known.</summary>
    public override void Render(TextWriter output, string? format = null, IFormatProvider? formatProvider = null)
    {
        output.Write("{\"level\":\"");
        output.Write(Level switch
        {
            LogEventLevel.Debug => "debug",
            LogEventLevel.Error => "error",
            _ => "info",
        });
        output.Write('"');
        WriteText(output, "request_id", _requestId);
        WriteText(output, "method", Bounded(_method));
        // Without the query, which may contain keys.
        WriteText(output, "path", Bounded(_path));
        WriteNumber(output, "status", _status);
        WriteText(output, "latency", elapsed.TotalSeconds.ToString("0.000's'", CultureInfo.InvariantCulture));
        WriteText(output, "ip", _ip is { IsIPv4MappedToIPv6: true } ? _ip.MapToIPv4().ToString() : _ip?.ToString() ?? "");
        WriteNumber(output, "time", endedAt.ToUnixTimeSeconds());
        WriteText(output, "model", _model is null ? null : Bounded(_model));
        WriteText(output, "dialect", _dialect);
        WriteText(output, "key", _key);
        WriteText(output, "host", _route?.Host);
        WriteNumber(output, "waited_ms", _route is { Waited.TotalMilliseconds: >= 1 and var waited } ? (long)waited : null);
        WriteNumber(output, "queue_position", _route is { Position: > 0 and var position } ? position : null);
        if (_stream is { } stream)
        {
            output.Write(stream ? ",\"stream\":true" : ",\"stream\":false");
        }

        WriteText(output, "cache", _cache?.ToWord());
        WriteNumber(output, "prompt_tokens", _usage?.PromptTokens);
        WriteNumber(output, "completion_tokens", _usage?.CompletionTokens);
        WriteNumber(output, "ttft_ms", (long?)_timeToFirstToken?.TotalMilliseconds);
        WriteNumber(output, "upstream_ms", (long?)_upstreamTime?.TotalMilliseconds);
        WriteText(output, "context", _context);
        WriteText(output, "error", _error);
        WriteNumber(output, "upstream_status", _upstreamStatus);
        WriteText(output, "param", _param is null ? null : Bounded(_param));
        output.Write('}');
    }

    private static void WriteText(TextWriter output, string name, string? value)
    {
        if (value is not null)
        {
            WriteName(output, name);
            JsonValueFormatter.WriteQuotedJsonString(value, output);
        }
    }

    private static void WriteNumber(TextWriter output, string name, long? value)
    {
        if (value is { } number)
        {
            WriteName(output, name);
            Span<char> digits = stackalloc char[20];
            number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            output.Write(digits[..length]);
        }
    }

    private static void WriteName(TextWriter output, string name)
    {
        output.Write(",\"");
        output.Write(name);
        output.Write("\":");
    }

    private static string Bounded(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "…";
}
