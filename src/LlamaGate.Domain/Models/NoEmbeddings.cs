using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Models;

/// <summary>The answer to an embeddings request for a model that makes none.</summary>
public static class NoEmbeddings
{
    public static GatewayException Refusal() =>
        new(GatewayError.UnsupportedByModel, "This model does not support embeddings. Use an embedding model.") { Field = RequestField.Model };
}
