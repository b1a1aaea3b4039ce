namespace LlamaGate.Domain.Errors;

/// <summary>A model that an error names as advice. The error may reach a caller who may not use it: calls are shared.</summary>
/// <param name="Model">Its name.</param>
/// <param name="MessageWithout">The error's message without it.</param>
public sealed record ModelSuggestion(string Model, string MessageWithout);
