namespace LlamaGate.Domain.Errors;

/// <summary>By how much a prompt is too long for the model's context.</summary>
/// <param name="PromptTokens">The prompt's length.</param>
/// <param name="ContextTokens">The size of the model's context.</param>
public sealed record ExceededContext(int PromptTokens, int ContextTokens);
