using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Application.Embeddings;

/// <summary>The domain's vectors → OpenAI's response, in the encoding that this caller requested.</summary>
public static class EmbeddingWriter
{
    public static CreateEmbeddingResponse ToResponse(CreateEmbeddingRequest request, EmbeddingResult result)
    {
        var isBase64 = request.EncodingFormat == EncodingFormats.Base64;
        return new CreateEmbeddingResponse
        {
            Data = [.. result.Vectors.Select((values, i) => new Embedding(i, new EmbeddingVector(values, isBase64)))],
            // Not null: the validator refuses a request without a model.
            Model = request.Model!,
            Usage = new EmbeddingUsage(result.PromptTokens, result.PromptTokens),
        };
    }
}
