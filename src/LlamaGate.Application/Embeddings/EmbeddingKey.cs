using LlamaGate.Application.Caching;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Embeddings;

/// <summary>What makes two requests for embeddings the same question: every field but those known to have no effect on the answer.</summary>
internal static class EmbeddingCacheKey
{
    /// <summary>Changes when answers of an older make must not be given any more.</summary>
    private const string Version = "embeddings:v1:";

    /// <summary>Array, reference and index of one vector; bytes.</summary>
    private const int OverheadOfVector = 128;

    private static readonly EmbeddingsJsonContext Canonical = new(QuestionHash.CreateOptions());

    public static string Of(CreateEmbeddingRequest request)
    {
        var question = request with
        {
            EncodingFormat = request.EncodingFormat ?? EncodingFormats.Float,
            Options = request.Options is { } options ? CanonicalJsonConverter.SortMembers(options) : null,
            User = null,
            Unknown = null,
        };
        return Version + QuestionHash.Of(question, Canonical.CreateEmbeddingRequest);
    }

    public static long SizeOf(CreateEmbeddingResponse response) =>
        AnswerSize.Overhead + response.Data.Sum(e => OverheadOfVector + (sizeof(float) * (long)e.Vector.Values.Length));
}
