namespace LlamaGate.Domain.Errors;

/// <summary>Who failed, and how: the one vocabulary from which status, type and code of every error answer are made.</summary>
public enum GatewayError
{
    /// <summary>The caller's body breaks a rule that has no code of its own.</summary>
    InvalidRequest,

    /// <summary>An image is not a data URI of a kind that Ollama reads.</summary>
    UnsupportedImageUrl,

    /// <summary>A content part is of a kind the gateway cannot pass on (audio, file).</summary>
    UnsupportedContentPart,

    /// <summary>The prompt does not fit the model's context.</summary>
    ContextLengthExceeded,

    /// <summary>The API key is missing or wrong.</summary>
    InvalidApiKey,

    /// <summary>The name in the Host header is not one by which this gateway may be reached.</summary>
    HostNotAllowed,

    /// <summary>A request would change Ollama's models, which this gateway does not let anybody do.</summary>
    ModelsReadOnly,

    /// <summary>No such route.</summary>
    NotFound,

    /// <summary>The response to go on from is not kept.</summary>
    PreviousResponseNotFound,

    /// <summary>The route exists, the method does not.</summary>
    MethodNotAllowed,

    /// <summary>The body is larger than MAX_BODY_MB.</summary>
    RequestTooLarge,

    /// <summary>The body is not declared as JSON, or packed in a way that the gateway does not know.</summary>
    UnsupportedMediaType,

    /// <summary>Ollama does not know the model.</summary>
    ModelNotFound,

    /// <summary>The model cannot do what was asked (tools, vision, thinking …).</summary>
    UnsupportedByModel,

    /// <summary>The caller sends faster than RATE_LIMIT_RPS.</summary>
    RateLimited,

    /// <summary>Ollama refuses what the caller may not have: a subscription, a permission or a newer version is missing.</summary>
    UpstreamRefused,

    /// <summary>A limit of Ollama's cloud, or of a proxy before Ollama, is reached.</summary>
    UpstreamLimited,

    /// <summary>Ollama's queue is full.</summary>
    UpstreamBusy,

    /// <summary>Ollama refused the connection or broke it.</summary>
    UpstreamUnreachable,

    /// <summary>Ollama answered with an error of its own or with something that is not its protocol.</summary>
    UpstreamError,

    /// <summary>Ollama ended an answer without saying that it was done (its repetition guard).</summary>
    UpstreamIncomplete,

    /// <summary>No byte came from Ollama for TIMEOUT.</summary>
    UpstreamTimeout,

    /// <summary>The caller reads a stream so slowly that the gateway had to stop holding it back.</summary>
    ReaderTooSlow,

    /// <summary>The gateway is stopping and SHUTDOWN_TIMEOUT is over.</summary>
    ShuttingDown,

    /// <summary>A fault of the gateway itself.</summary>
    Internal,
}
