namespace LlamaGate.Domain.Errors;

/// <summary>The one exception that carries an error to the caller: everything else is a fault of the gateway itself.</summary>
/// <param name="error">Who failed.</param>
/// <param name="message">What the caller reads. It must hold no secret.</param>
/// <param name="innerException">The cause; its text is never shown to the caller.</param>
public sealed class GatewayException(GatewayError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public GatewayError Error { get; } = error;

    /// <summary>The field at fault, if one is; the dialect of the request spells it.</summary>
    public RequestField? Field { get; init; }

    /// <summary>With <see cref="RequestField.Option"/>: the option's name, as Ollama spells it.</summary>
    public string? OptionName { get; init; }

    /// <summary>
    /// The path of the field at fault in the dialect's own words (<c>messages[0].role</c>). Set where a dialect reads its own body; it
    /// wins over <see cref="Field"/>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>How long the caller should wait before the next try; null where waiting is not the remedy.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The same request fails the same way: a client that sends it again only burns time. Always so where Ollama was silent for TIMEOUT
    /// or ended an answer by itself.
    /// </summary>
    public bool FailsAgain
    {
        get => field || Error is GatewayError.UpstreamIncomplete or GatewayError.UpstreamTimeout;
        init;
    }

    /// <summary>The status of Ollama's response; null where there was none, or where it is not at fault.</summary>
    public int? UpstreamStatus { get; init; }

    /// <summary>The error as Ollama wrote it, for a call that asked for it; null where Ollama wrote none.</summary>
    public UpstreamWords? UpstreamWords { get; set; }

    /// <summary>With <see cref="GatewayError.ContextLengthExceeded"/>: by how much, where Ollama says so.</summary>
    public ExceededContext? ExceededContext { get; init; }

    /// <summary>
    /// What an operator may read in the log about the cause. Never set from text that could hold a prompt or an answer.
    /// </summary>
    public string? LogDetail { get; init; }
}
