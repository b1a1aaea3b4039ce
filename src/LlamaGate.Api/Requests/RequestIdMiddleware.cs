using System.Text.RegularExpressions;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Logging;
using Serilog.Context;

namespace LlamaGate.Api.Requests;

/// <summary>
/// Gives every request an id that connects its answer, its log lines and the upstream call. It runs
/// first, so that every answer has an id, whatever goes wrong later. The caller's own id is accepted only if it is
/// a plain word, because it is written into headers and logs.
/// </summary>
internal sealed partial class RequestIdMiddleware(RequestDelegate next, GatewaySettings settings)
{
    public const string HeaderName = "X-Request-ID";

    /// <summary>Unlikely to come twice, which is all that an id for people and logs has to be; a guid would take a system call.</summary>
    public static string New() => Random.Shared.GetHexString(32, lowercase: true);

    public Task InvokeAsync(HttpContext context)
    {
        var id = context.Request.Headers[HeaderName] is [{ } own] && PlainWord().IsMatch(own)
            ? own
            : New();
        context.TraceIdentifier = id;
        return settings.Debug ? InvokeWithinContextAsync(context, id) : next(context);
    }

    /// <summary>
    /// For lines that are only written at DEBUG. The others contain the id themselves: a logging context would add a cost to every step of
    /// every request, and only the few that fail would use it.
    /// </summary>
    private async Task InvokeWithinContextAsync(HttpContext context, string id)
    {
        using (LogContext.PushProperty(LogProperties.RequestId, id))
        {
            await next(context);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainWord();
}
