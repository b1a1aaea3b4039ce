using LlamaGate.Api.Paths;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Domain.Errors;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Errors;

/// <summary>The 404 for an unknown path: it names the path and suggests the route that was probably meant.</summary>
internal static class UnknownRoute
{
    /// <summary>The caller chooses path and method, and must not control how much we write.</summary>
    private const int MaxPathLength = 128;
    private const int MaxMethodLength = 16;

    private const string Compact = "/v1/responses/compact";
    private const string Conversations = "/v1/conversations";

    /// <summary>
    /// OpenAI routes next to responses that this gateway lacks. Routing treats the names as ids, whose routes accept no POST; but
    /// clients understand 404 better than 405. The same holds for responses over a WebSocket.
    /// </summary>
    private static readonly string[] Unserved = ["/v1/responses/input_tokens", Compact];

    /// <summary>Whether the status that routing has set means that there is no such route.</summary>
    public static bool IsMeant(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => true,
        StatusCodes.Status405MethodNotAllowed when IsWebSocket(context.Request) => true,
        StatusCodes.Status405MethodNotAllowed => HttpMethods.IsPost(context.Request.Method)
            && Unserved.Contains(PathOf(context.Request), StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.Remove(HeaderNames.Allow);
        return ErrorResponseWriter.WriteAsync(context, Describe(context));
    }

    private static bool IsWebSocket(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private static string PathOf(HttpRequest request) => MeantPath.Of(request.Path.Value ?? "").Path.TrimEnd('/');

    private static GatewayException Describe(HttpContext context)
    {
        var method = context.Request.Method;
        // Escaped, so that no bracket, quote or control character from the caller appears in the answer.
        var path = context.Request.Path.ToUriComponent();
        var nearest = NearestRoute.To(context.Request.Path.Value ?? "", RoutesOf(context.RequestServices));
        var asked = $"{(method.Length > MaxMethodLength ? "" : method + " ")}{(path.Length > MaxPathLength ? path[..MaxPathLength] + "…" : path)}";
        var meant = nearest switch
        {
            _ when AdviceOn(PathOf(context.Request)) is { } advice => advice + " ",
            null => "",
            _ when IsWebSocket(context.Request) => "This gateway does not support WebSocket: send POST requests. ",
            _ => $"Did you mean {nearest}? ",
        };
        return new GatewayException(
            GatewayError.NotFound, $"No such route: {asked}. {meant}The API is described at /swagger.");
    }

    /// <summary>What a client does without a route of OpenAI's that this gateway lacks; null for any other path.</summary>
    private static string? AdviceOn(string path) => path switch
    {
        _ when new PathString(path).StartsWithSegments(Conversations, StringComparison.OrdinalIgnoreCase) => ResponseHistory.NoConversations,
        _ when path.Equals(Compact, StringComparison.OrdinalIgnoreCase) => "This gateway does not compact conversations: send "
            + "previous_response_id, or the conversation so far, or a summary of it, as input items.",
        _ => null,
    };

    private static IEnumerable<string> RoutesOf(IServiceProvider services) =>
        from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.Parameters.Count == 0
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where !Routes.IsAdmin(route) || services.GetRequiredService<ICallerDirectory>().HasAdmin
        select route;
}
