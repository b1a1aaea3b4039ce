using System.Text.RegularExpressions;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Logging;
using Serilog.Context;

namespace LlamaGate.Api.Requests;

/// <summary>
/// Gives every request the id by which its answer, its log lines and the call upstream find each other. It stands
/// first, so that no answer, whatever goes wrong later, is without one. The caller's own id is taken only when it is
/// a plain word: it goes into headers and logs.
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
    /// For the lines that only DEBUG has. The others name the id themselves: a logging context costs every step of a request
    /// something, to be read by the few that fail.
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
