using System.Text.Json;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Application.Embeddings;

/// <summary>A text that is the same for two requests exactly when they send the same texts to the same model, with the same options.</summary>
internal static class EmbeddingKey
{
    /// <summary>Changes when answers of an older version of the gateway must not be given any more.</summary>
    private const string Version = "embeddings:v3:";

    public static string Of(EmbeddingRequest request)
    {
        using var key = new KeyHash();
        key.Add(request.Model);
        key.Add(request.Dimensions);
        key.Add(request.KeepAlive);
        key.Add(request.Options is { } options ? CanonicalJsonConverter.SortMembers(options) : (JsonElement?)null);
        key.Add(request.Inputs.Count);
        foreach (var input in request.Inputs)
        {
            key.Add(input);
        }

        return Version + key.ToText();
    }
}
