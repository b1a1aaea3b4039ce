using System.Text.Json;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Application.Embeddings;

/// <summary>A text that is equal for two requests exactly when they send the same texts to the same model, with the same options.</summary>
internal static class EmbeddingKey
{
    /// <summary>Change it when answers cached by an older version must no longer be returned.</summary>
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
