namespace LlamaGate.Api.Errors;

/// <summary>Ollama's words.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpeaksOllamaAttribute() : SpeaksAttribute(OllamaErrorDialect.Instance, (_, _) => null)
{
    public override string Dialect => "native";
}
