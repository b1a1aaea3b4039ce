namespace LlamaGate.Api.Errors;

/// <summary>Ollama's errors.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpeaksOllamaAttribute() : SpeaksAttribute(OllamaErrorDialect.Instance, (_, _) => null, "native");
