using System.Text.Json.Serialization;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Application.Embeddings;

/// <summary>What makes two requests for vectors the same: every field of the domain's request, and the model's blob.</summary>
internal static class EmbeddingKey
{
    /// <summary>Changes when answers of an older version of the gateway must not be given any more.</summary>
    private const string Version = "embeddings:v2:";

    private static readonly EmbeddingKeyJsonContext Canonical = new(QuestionHash.CreateOptions());

    /// <param name="digest">Of the model's blob: a model that was pulled again makes new vectors. Null when unknown.</param>
    public static string Of(EmbeddingRequest request, string? digest)
    {
        var canonical = request with
        {
            Options = request.Options is { } options ? CanonicalJsonConverter.SortMembers(options) : null,
        };
        return $"{Version}{digest}:{QuestionHash.Of(canonical, Canonical.EmbeddingRequest)}";
    }
}

/// <summary>Source-generated writing of the domain's request.</summary>
[JsonSerializable(typeof(EmbeddingRequest))]
internal sealed partial class EmbeddingKeyJsonContext : JsonSerializerContext;
