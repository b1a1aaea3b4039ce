namespace LlamaGate.Domain.Errors;

/// <summary>Who failed, and how. Status, type and code of every error answer are derived from it.</summary>
public enum GatewayError
{
    /// <summary>The caller's body breaks a rule that has no code of its own.</summary>
    InvalidRequest,

    /// <summary>An image is not a data URI of a kind that Ollama reads.</summary>
    UnsupportedImageUrl,

    /// <summary>A content part is of a kind the gateway cannot pass on (audio, file).</summary>
    UnsupportedContentPart,

    /// <summary>The request starts or continues a thread whose messages the server would have to keep.</summary>
    ThreadUnsupported,

    /// <summary>The prompt does not fit the model's context.</summary>
    ContextLengthExceeded,

    /// <summary>The API key is missing or wrong.</summary>
    InvalidApiKey,

    /// <summary>The name in the Host header is not allowed for this gateway.</summary>
    HostNotAllowed,

    /// <summary>A request would change Ollama's models, which this gateway does not let anybody do.</summary>
    ModelsReadOnly,

    /// <summary>The caller's key may not use the model.</summary>
    ModelNotAllowed,

    /// <summary>The caller's key may not administer the gateway.</summary>
    AdminOnly,

    /// <summary>A web page of another origin calls the administration.</summary>
    OriginNotAllowed,

    /// <summary>No such route.</summary>
    NotFound,

    /// <summary>The gateway has no host of that name.</summary>
    HostNotFound,

    /// <summary>No call of that id waits or runs.</summary>
    CallNotFound,

    /// <summary>The state of a host forbids what an administrator wants.</summary>
    Conflict,

    /// <summary>As many listeners as may be follow the administration's events.</summary>
    TooManyListeners,

    /// <summary>The response to continue from is not stored.</summary>
    PreviousResponseNotFound,

    /// <summary>The route exists, the method does not.</summary>
    MethodNotAllowed,

    /// <summary>The body is larger than MAX_BODY_MB.</summary>
    RequestTooLarge,

    /// <summary>The body is not declared as JSON, or has an unknown content encoding.</summary>
    UnsupportedMediaType,

    /// <summary>Ollama does not know the model.</summary>
    ModelNotFound,

    /// <summary>The model lacks a requested capability (tools, vision, thinking …).</summary>
    UnsupportedByModel,

    /// <summary>The caller exceeds RATE_LIMIT_RPS.</summary>
    RateLimited,

    /// <summary>Ollama refuses the request because a subscription, a permission or a newer version is missing.</summary>
    UpstreamRefused,

    /// <summary>A limit of Ollama's cloud, or of a proxy in front of Ollama, is reached.</summary>
    UpstreamLimited,

    /// <summary>Ollama's queue is full.</summary>
    UpstreamBusy,

    /// <summary>There are several hosts, and none of them is up.</summary>
    NoHost,

    /// <summary>As many calls of the principal wait as its key allows.</summary>
    TooManyWaiting,

    /// <summary>The caller's key has used what it may use in a day.</summary>
    InsufficientQuota,

    /// <summary>The gateway's queue is full.</summary>
    QueueFull,

    /// <summary>The call has waited for QUEUE_TIMEOUT, or would have to wait much longer.</summary>
    QueueTimeout,

    /// <summary>An administrator cancelled the call.</summary>
    Cancelled,

    /// <summary>Ollama refused the connection or closed it.</summary>
    UpstreamUnreachable,

    /// <summary>Ollama answered with an error, or its answer does not follow its protocol.</summary>
    UpstreamError,

    /// <summary>Ollama ended an answer without a final line (its repetition guard).</summary>
    UpstreamIncomplete,

    /// <summary>No byte came from Ollama for TIMEOUT.</summary>
    UpstreamTimeout,

    /// <summary>The caller reads a stream so slowly that the gateway had to stop buffering it.</summary>
    ReaderTooSlow,

    /// <summary>The store of the accounts cannot be read.</summary>
    AccountsUnavailable,

    /// <summary>The gateway is shutting down and SHUTDOWN_TIMEOUT has passed.</summary>
    ShuttingDown,

    /// <summary>A fault in the gateway itself.</summary>
    Internal,
}
