using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Embeddings;

/// <summary>The fields of a request that have no effect here.</summary>
public static class EmbeddingIgnoredFields
{
    public static IReadOnlyList<string> Of(CreateEmbeddingRequest request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        return ignored.Names;
    }
}
