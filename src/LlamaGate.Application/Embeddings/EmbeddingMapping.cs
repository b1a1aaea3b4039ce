using LlamaGate.Application.Conversations;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Embeddings;

/// <summary>OpenAI's request → the domain's. The request is valid.</summary>
internal static class EmbeddingMapping
{
    public static EmbeddingRequest ToDomain(CreateEmbeddingRequest request, DomainMapper mapper)
    {
        var model = mapper.ToModel(request.Model!);
        var (options, keepAlive) = mapper.WithDefaults(request.Model!, model, request.Options, request.KeepAlive);
        return new(model, request.Input!.Texts)
        {
            Dimensions = request.Dimensions,
            KeepAlive = keepAlive,
            Options = options,
            Context = mapper.WishedContext(request.Options),
        };
    }

    /// <summary>Ollama ignores <c>dimensions</c> that its model does not support. The gateway ignores no field silently.</summary>
    /// <exception cref="GatewayException">The vectors do not have the requested length.</exception>
    public static void ThrowIfShort(EmbeddingRequest request, EmbeddingResult result)
    {
        if (request.Dimensions is { } requested && result.Vectors[0].Length is var given && given != requested)
        {
            throw new GatewayException(
                GatewayError.InvalidRequest, $"This model cannot return {requested} dimensions; it returned {given}.")
            {
                Field = RequestField.Dimensions,
            };
        }
    }
}
