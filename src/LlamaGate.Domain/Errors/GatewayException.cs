namespace LlamaGate.Domain.Errors;

/// <summary>The one exception that carries an error to the caller: everything else is a fault of the gateway itself.</summary>
/// <param name="error">Who failed.</param>
/// <param name="message">What the caller is told. It must hold no secret.</param>
/// <param name="param">JSON path of the field at fault (<c>messages[0].role</c>), if one is.</param>
/// <param name="innerException">The cause; its text is never shown to the caller.</param>
public sealed class GatewayException(
    GatewayError error, string message, string? param = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public GatewayError Error { get; } = error;

    public string? Param { get; } = param;

    /// <summary>How long the caller should wait before the next try; null where waiting is not the remedy.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// What an operator may read in the log about the cause. Never set from text that could hold a prompt or an answer.
    /// </summary>
    public string? LogDetail { get; init; }
}
