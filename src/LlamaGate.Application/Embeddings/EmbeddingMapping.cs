using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Models;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Embeddings;

/// <summary>OpenAI's embeddings ↔ the domain's. The request is valid.</summary>
internal static class EmbeddingMapping
{
    public static EmbeddingRequest ToDomain(CreateEmbeddingRequest request, ModelAliases aliases) =>
        new(aliases.Resolve(request.Model!), request.Input!.Texts)
        {
            Dimensions = request.Dimensions,
            KeepAlive = request.KeepAlive,
            Options = request.Options,
        };

    public static CreateEmbeddingResponse ToResponse(CreateEmbeddingRequest request, EmbeddingResult result)
    {
        ThrowIfShort(request.Dimensions, result);
        var isBase64 = request.EncodingFormat == EncodingFormats.Base64;
        return new CreateEmbeddingResponse
        {
            Data = [.. result.Vectors.Select((values, i) => new Embedding(i, new EmbeddingVector(values, isBase64)))],
            Model = request.Model!,
            Usage = new EmbeddingUsage(result.PromptTokens, result.PromptTokens),
        };
    }

    public static IReadOnlyList<string> IgnoredFields(CreateEmbeddingRequest request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        return ignored.Names;
    }

    /// <summary>Ollama passes over <c>dimensions</c> that its model does not have; what was asked for is not dropped without a word.</summary>
    private static void ThrowIfShort(int? dimensions, EmbeddingResult result)
    {
        if (dimensions is { } asked && result.Vectors[0].Length is var given && given != asked)
        {
            throw new GatewayException(
                GatewayError.InvalidRequest, $"This model cannot give {asked} dimensions; it gave {given}.", "dimensions");
        }
    }
}
