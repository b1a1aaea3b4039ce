using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Models;

/// <summary>The answer to requests that would change models.</summary>
public static class ReadOnlyModels
{
    public static GatewayException Refusal() =>
        new(GatewayError.ModelsReadOnly, "this gateway does not let models be changed");
}
