namespace LlamaGate.Api.Configuration;

/// <summary>What happens to a prompt that is longer than the model's context (CONTEXT_OVERFLOW).</summary>
internal enum ContextOverflow
{
    /// <summary>The caller gets 400 <c>context_length_exceeded</c>.</summary>
    Error,

    /// <summary>Ollama drops the oldest messages, as it does by default.</summary>
    Truncate,
}
