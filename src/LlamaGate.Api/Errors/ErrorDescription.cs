using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>Status, type and code of each <see cref="GatewayError"/>: the single source of the wire contract's error table.</summary>
internal readonly record struct ErrorDescription(int Status, string Type, string? Code)
{
    private const string InvalidRequest = "invalid_request_error";
    private const string RateLimit = "rate_limit_error";
    private const string Server = "server_error";

    /// <summary>A refusal from Ollama keeps its status: 402, 403, 410 or 412.</summary>
    public static ErrorDescription Of(GatewayException exception) =>
        exception is { Error: GatewayError.UpstreamRefused, UpstreamStatus: { } status }
            ? Of(exception.Error) with { Status = status }
            : Of(exception.Error);

    public static ErrorDescription Of(GatewayError error) => error switch
    {
        GatewayError.InvalidRequest => new(400, InvalidRequest, null),
        GatewayError.UnsupportedImageUrl => new(400, InvalidRequest, "unsupported_image_url"),
        GatewayError.UnsupportedContentPart => new(400, InvalidRequest, "unsupported_content_part"),
        GatewayError.ThreadUnsupported => new(400, InvalidRequest, "thread_unsupported_request"),
        GatewayError.ContextLengthExceeded => new(400, InvalidRequest, "context_length_exceeded"),
        GatewayError.InvalidApiKey => new(401, InvalidRequest, "invalid_api_key"),
        GatewayError.HostNotAllowed => new(403, InvalidRequest, "host_not_allowed"),
        GatewayError.ModelsReadOnly => new(403, InvalidRequest, "models_read_only"),
        GatewayError.ModelNotAllowed => new(403, InvalidRequest, "model_not_allowed"),
        GatewayError.AdminOnly => new(403, InvalidRequest, "admin_only"),
        GatewayError.OriginNotAllowed => new(403, InvalidRequest, "origin_not_allowed"),
        GatewayError.NotFound => new(404, InvalidRequest, "not_found"),
        GatewayError.HostNotFound => new(404, InvalidRequest, "host_not_found"),
        GatewayError.CallNotFound => new(404, InvalidRequest, "call_not_found"),
        GatewayError.Conflict => new(409, InvalidRequest, "conflict"),
        GatewayError.TooManyListeners => new(503, Server, "too_many_listeners"),
        GatewayError.PreviousResponseNotFound => new(404, InvalidRequest, "previous_response_not_found"),
        GatewayError.MethodNotAllowed => new(405, InvalidRequest, "method_not_allowed"),
        GatewayError.RequestTooLarge => new(413, InvalidRequest, "request_too_large"),
        GatewayError.UnsupportedMediaType => new(415, InvalidRequest, "unsupported_media_type"),
        GatewayError.ModelNotFound => new(404, InvalidRequest, "model_not_found"),
        GatewayError.UnsupportedByModel => new(400, InvalidRequest, "unsupported_by_model"),
        GatewayError.RateLimited => new(429, RateLimit, "rate_limit_exceeded"),
        GatewayError.UpstreamRefused => new(403, InvalidRequest, "upstream_refused"),
        GatewayError.UpstreamLimited => new(429, RateLimit, "upstream_limited"),
        GatewayError.UpstreamBusy => new(503, Server, "upstream_busy"),
        GatewayError.NoHost => new(503, Server, "no_host"),
        GatewayError.TooManyWaiting => new(429, RateLimit, "too_many_waiting"),
        GatewayError.InsufficientQuota => new(429, "insufficient_quota", "insufficient_quota"),
        GatewayError.QueueFull => new(503, Server, "queue_full"),
        GatewayError.QueueTimeout => new(503, Server, "queue_timeout"),
        GatewayError.Cancelled => new(503, Server, "cancelled"),
        GatewayError.UpstreamUnreachable => new(502, Server, "upstream_unreachable"),
        GatewayError.UpstreamError => new(502, Server, "upstream_error"),
        GatewayError.UpstreamIncomplete => new(502, Server, "upstream_incomplete"),
        GatewayError.UpstreamTimeout => new(504, Server, "upstream_timeout"),
        GatewayError.ReaderTooSlow => new(503, Server, "reader_too_slow"),
        GatewayError.AccountsUnavailable => new(503, Server, "accounts_unavailable"),
        GatewayError.ShuttingDown => new(503, Server, "shutting_down"),
        GatewayError.Internal => new(500, Server, "internal_error"),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "No description for this error"),
    };
}
