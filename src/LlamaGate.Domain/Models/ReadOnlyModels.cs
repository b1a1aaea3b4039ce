using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Models;

/// <summary>What somebody is told who would change Ollama's models.</summary>
public static class ReadOnlyModels
{
    public static GatewayException Refusal() =>
        new(GatewayError.ModelsReadOnly, "this gateway does not let models be changed");
}
