namespace LlamaGate.Domain.Errors;

/// <summary>The only exception that carries an error to the caller: any other exception is a fault in the gateway itself.</summary>
/// <param name="error">Who failed.</param>
/// <param name="message">The text for the caller. It must not contain a secret.</param>
/// <param name="innerException">The cause; its text is never shown to the caller.</param>
public sealed class GatewayException(GatewayError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public GatewayError Error { get; } = error;

    /// <summary>The field at fault, if any; the request's dialect supplies its name.</summary>
    public RequestField? Field { get; init; }

    /// <summary>With <see cref="RequestField.Option"/>: the option's name, as Ollama spells it.</summary>
    public string? OptionName { get; init; }

    /// <summary>
    /// The path of the field at fault with the dialect's names (<c>messages[0].role</c>). Set where a dialect reads its own body; takes
    /// precedence over <see cref="Field"/>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>How long the caller should wait before a retry; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nothing was sent to Ollama, so there is no call to account for.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>
    /// The same request would fail in the same way, so a retry only wastes time. Always true when Ollama was silent for TIMEOUT
    /// or ended an answer by itself, and when a quota is spent.
    /// </summary>
    public bool FailsAgain
    {
        get => field || Error is GatewayError.UpstreamIncomplete or GatewayError.UpstreamTimeout or GatewayError.InsufficientQuota;
        init;
    }

    /// <summary>The status of Ollama's response; null if there was none, or if it is not at fault.</summary>
    public int? UpstreamStatus { get; init; }

    /// <summary>The error as Ollama wrote it, if the call asked for it and Ollama wrote one.</summary>
    public UpstreamWords? UpstreamWords { get; set; }

    /// <summary>With <see cref="GatewayError.ContextLengthExceeded"/>: by how much, if Ollama says so.</summary>
    public ExceededContext? ExceededContext { get; init; }

    /// <summary>The model that the message advises to use instead; null when it names none.</summary>
    public ModelSuggestion? Suggestion { get; init; }

    /// <summary>
    /// Information about the cause for the operator's log. Never set from text that could contain a prompt or an answer.
    /// </summary>
    public string? LogDetail { get; init; }
}
