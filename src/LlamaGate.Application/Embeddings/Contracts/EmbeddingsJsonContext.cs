using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Embeddings.Contracts;

/// <summary>Source-generated reading and writing of the embedding contracts.</summary>
[JsonSerializable(typeof(CreateEmbeddingRequest))]
[JsonSerializable(typeof(CreateEmbeddingResponse))]
public sealed partial class EmbeddingsJsonContext : JsonSerializerContext
{
    /// <summary>The context with this project's options.</summary>
    public static EmbeddingsJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());
}
