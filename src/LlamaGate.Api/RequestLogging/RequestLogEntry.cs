using System.Globalization;
using LlamaGate.Api.Exchange;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.RequestLogging;

/// <summary>The facts of one ended request, bounded and spelled as the log shows them.</summary>
internal readonly record struct RequestLogEntry(
    HttpContext Context, ExchangeFacts Facts, TimeSpan Elapsed, DateTimeOffset EndedAt)
{
    /// <summary>A caller chooses path and model, and must not choose how much we write.</summary>
    private const int LongestText = 256;

    public string Method => Bounded(Context.Request.Method);

    /// <summary>Without the query, in which people put keys.</summary>
    public string Path => Bounded(Context.Request.Path.Value ?? "");

    public int Status =>
        Context.HasClientLeft() ? StatusCodes.Status499ClientClosedRequest : Context.Response.StatusCode;

    public string Latency => Elapsed.TotalSeconds.ToString("0.000's'", CultureInfo.InvariantCulture);

    public string Ip => Context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : "";

    public string? Model => Facts.Model is { } model ? Bounded(model) : null;

    public string? Cache => Facts.Cache?.ToWord();

    public long? TtftMs => (long?)Facts.TimeToFirstToken?.TotalMilliseconds;

    public long? UpstreamMs => (long?)Facts.UpstreamTime?.TotalMilliseconds;

    /// <summary>Unix seconds.</summary>
    public long Time => EndedAt.ToUnixTimeSeconds();

    /// <summary>A caller who left is no failure of ours; a stream that broke after its 200 is.</summary>
    public LogLevel Level => Status switch
    {
        _ when IsProbe => LogLevel.Debug,
        StatusCodes.Status499ClientClosedRequest => LogLevel.Information,
        >= 500 => LogLevel.Error,
        < 400 when Facts.ErrorCode is not null => LogLevel.Error,
        _ => LogLevel.Information,
    };

    private bool IsProbe => Context.Request.Path.Value is "/health" or "/livez" or "/readyz";

    private static string Bounded(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
