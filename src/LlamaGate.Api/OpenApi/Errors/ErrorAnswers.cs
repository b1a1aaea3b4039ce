using LlamaGate.Api.Errors;
using LlamaGate.Api.HostNames;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.OpenApi.Errors;

/// <summary>All error answers with their examples. An endpoint's kind determines which of them it has.</summary>
internal static class ErrorAnswers
{
    private static readonly ErrorAnswer BadRequest = new(
        400, "BadRequest", "The body is not valid JSON, a field or parameter breaks a rule (`param` names it), or the model lacks a capability.", [],
        [
            new(GatewayError.InvalidRequest, "temperature must be between 0 and 2.", "temperature"),
            new(GatewayError.ContextLengthExceeded,
                "request (1534 tokens) exceeds the available context size (256 tokens), try increasing it", "messages")
            {
                ExceededContext = new ExceededContext(PromptTokens: 1534, ContextTokens: 256),
            },
            new(GatewayError.UnsupportedByModel, "\"nomic-embed-text\" does not support chat", "model"),
            new(GatewayError.UnsupportedImageUrl,
                "Images must be data: URIs (data:image/png;base64,…); the gateway fetches no URLs.",
                "messages[0].content[1].image_url.url"),
            new(GatewayError.UnsupportedContentPart, "input_audio parts are not supported; use text or image_url.", "messages[0].content[0].type"),
            new(GatewayError.ThreadUnsupported, "thread is not supported: this gateway keeps no messages between requests.", "thread"),
        ]);

    private static readonly ErrorAnswer Unauthorized = new(
        401, "Unauthorized", "The key is missing or wrong.", ["WWW-Authenticate"],
        [new(GatewayError.InvalidApiKey, "The API key is wrong.")]);

    private static readonly ErrorAnswer Forbidden = new(
        403, "Forbidden", "The key may not use the model or administer the gateway; or the name in the Host header is not this machine's and there is no `API_KEY`: "
            + "see `ALLOWED_HOSTS`; or Ollama refuses the request, also with 402, 410 or 412.", [ErrorResponseWriter.ShouldRetryHeader],
        [
            new(GatewayError.ModelNotAllowed, "You may not use the model 'gpt-oss:120b'. GET /v1/models lists those that you may use.", "model"),
            new(GatewayError.HostNotAllowed, HostNameMiddleware.Message),
            new(GatewayError.AdminOnly, "This key may not administer the gateway. Send ADMIN_KEY, or a key of KEYS_FILE with \"admin\": true."),
            new(GatewayError.OriginNotAllowed, "A web page of another origin may not use the administration."),
            new(GatewayError.UpstreamRefused, "this model requires a subscription, upgrade for access: https://ollama.com/upgrade"),
        ]);

    private static readonly ErrorAnswer NotFound = new(
        404, "NotFound", "Ollama does not have the model, or there is no such host, call or route.", [],
        [
            new(GatewayError.ModelNotFound, "The model 'gpt-oss:120b' does not exist.", "model"),
            new(GatewayError.HostNotFound, "There is no host gpu9. The hosts are: gpu1, gpu2.", "host"),
            new(GatewayError.CallNotFound, "No call c12 waits or runs. It may have ended.", "id"),
            new(GatewayError.PreviousResponseNotFound, "Previous response with id 'resp_1' not found.", "previous_response_id"),
            new(GatewayError.NotFound, "No such route: POST /v1/chat/completion. Did you mean /v1/chat/completions? "
                + "The API is described at /swagger."),
        ]);

    private static readonly ErrorAnswer MethodNotAllowed = new(
        405, "MethodNotAllowed", "The route does not support this method.", ["Allow"],
        [new(GatewayError.MethodNotAllowed, "This route does not support this method; see the Allow header.")]);

    private static readonly ErrorAnswer Conflict = new(
        409, "Conflict", "The state of the host does not allow the change.", [],
        [new(GatewayError.Conflict, "Host gpu1 loads or unloads a model right now, and does one at a time. Try again when it has ended.")]);

    private static readonly ErrorAnswer TooLarge = new(
        413, "RequestTooLarge", "The body is larger than `MAX_BODY_MB`.", [],
        [new(GatewayError.RequestTooLarge, "The request body is larger than 64 MB, this gateway's limit (MAX_BODY_MB).")]);

    private static readonly ErrorAnswer WrongMediaType = new(
        415, "UnsupportedMediaType", "The body is not declared as `application/json`, or has an unknown encoding.", ["Accept-Encoding"],
        [new(GatewayError.UnsupportedMediaType, "The body must be sent as Content-Type: application/json.")]);

    private static readonly ErrorAnswer TooManyRequests = new(
        429, "TooManyRequests", "The caller sends faster than `RATE_LIMIT_RPS`, too many of the key's calls wait, its quota is used up, or Ollama's cloud limits the rate.",
        ["Retry-After", ErrorResponseWriter.RetryAfterMsHeader, ErrorResponseWriter.ShouldRetryHeader],
        [
            new(GatewayError.RateLimited, "Too many requests: the limit is 10 per second. Slow down."),
            new(GatewayError.TooManyWaiting, "100 of your requests wait already, and no more may wait at a time. Wait until one has begun."),
            new(GatewayError.InsufficientQuota, "The key 'anna' has used up its quota of 100000 tokens (tokens_per_day) for today, or its running calls "
                + "will. The quota resets at 2026-12-01 00:00 UTC."),
            new(GatewayError.UpstreamLimited, "you have reached your weekly usage limit"),
        ]);

    private static readonly ErrorAnswer Internal = new(
        500, "InternalError", "A fault in the gateway.", [],
        [
            new(GatewayError.Internal,
                "The gateway failed on this request. Its log has the cause under the X-Request-ID of this answer."),
        ]);

    private static readonly ErrorAnswer BadGateway = new(
        502, "BadGateway", "Ollama is unreachable, failed, or ended its answer too early.", [ErrorResponseWriter.ShouldRetryHeader],
        [
            new(GatewayError.UpstreamUnreachable, "Ollama could not be reached."),
            new(GatewayError.UpstreamError, "an error was encountered while running the model: unexpected EOF"),
            new(GatewayError.UpstreamIncomplete,
                "Ollama stopped before the answer was complete (its guard against repetition ends answers that repeat themselves)."),
        ]);

    private static readonly ErrorAnswer Unavailable = new(
        503, "Unavailable", "Ollama is busy, no host is up, the queue is full or too long, an administrator cancelled the call, the gateway is stopping, "
            + "the caller reads its stream too slowly, or the accounts cannot be read.",
        ["Retry-After", ErrorResponseWriter.RetryAfterMsHeader, ErrorResponseWriter.ShouldRetryHeader],
        [
            new(GatewayError.UpstreamBusy, "server busy, please try again.  maximum pending requests exceeded"),
            new(GatewayError.NoHost, "No Ollama host is up: gpu1 is down, gpu2 is draining."),
            new(GatewayError.QueueFull, "The queue of this gateway is full. Try again later."),
            new(GatewayError.QueueTimeout, "The request waited for 300 s, which is the longest wait that QUEUE_TIMEOUT allows. Try again later."),
            new(GatewayError.Cancelled, "An administrator cancelled the call."),
            new(GatewayError.TooManyListeners, "32 clients already listen to the status. Close a page, or read /admin/api/status."),
            new(GatewayError.ReaderTooSlow, "The client read the answer too slowly. Send the request again."),
            new(GatewayError.AccountsUnavailable, "The accounts cannot be read. The operator finds the reason in the gateway's log."),
            new(GatewayError.ShuttingDown, "The gateway is shutting down. Try again shortly."),
        ]);

    private static readonly ErrorAnswer GatewayTimeout = new(
        504, "GatewayTimeout", "Ollama sent nothing for `TIMEOUT`.", [ErrorResponseWriter.ShouldRetryHeader],
        [new(GatewayError.UpstreamTimeout, "Ollama sent nothing within TIMEOUT.")]);

    public static IReadOnlyList<ErrorAnswer> All { get; } =
    [
        BadRequest, Unauthorized, Forbidden, NotFound, MethodNotAllowed, Conflict, TooLarge, WrongMediaType, TooManyRequests, Internal, BadGateway,
        Unavailable, GatewayTimeout,
    ];

    /// <summary>On every endpoint.</summary>
    public static IReadOnlyList<ErrorAnswer> Everywhere { get; } = [Forbidden, MethodNotAllowed, Internal];

    /// <summary>On those that call the upstream.</summary>
    public static IReadOnlyList<ErrorAnswer> OfApi { get; } = [TooManyRequests, BadGateway, Unavailable, GatewayTimeout];

    /// <summary>On those of the administration.</summary>
    public static IReadOnlyList<ErrorAnswer> OfAdmin { get; } = [BadRequest, TooManyRequests, Unavailable];

    /// <summary>On those of the administration that change something.</summary>
    public static IReadOnlyList<ErrorAnswer> OfChanges { get; } = [Conflict, WrongMediaType];

    /// <summary>On those with a body that names a model.</summary>
    public static IReadOnlyList<ErrorAnswer> OfBody { get; } = [BadRequest, NotFound, TooLarge, WrongMediaType];

    /// <summary>On those that require a key.</summary>
    public static IReadOnlyList<ErrorAnswer> OfKeys { get; } = [Unauthorized];

    /// <summary>On those with a parameter in the path.</summary>
    public static IReadOnlyList<ErrorAnswer> OfPaths { get; } = [NotFound];

    /// <summary>On those with a parameter in the query.</summary>
    public static IReadOnlyList<ErrorAnswer> OfQueries { get; } = [BadRequest];
}
