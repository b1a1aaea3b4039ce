namespace LlamaGate.Api.Errors;

/// <summary>The body of Ollama's errors.</summary>
internal sealed record OllamaError(string Error);
