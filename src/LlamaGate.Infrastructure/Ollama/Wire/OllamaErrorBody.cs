namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of every error.</summary>
internal sealed record OllamaErrorBody(string? Error);
