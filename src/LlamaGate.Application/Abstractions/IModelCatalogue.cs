using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Abstractions;

/// <summary>What the upstream's models are and can do. Failures are as in <see cref="IConversationClient"/> unless said otherwise.</summary>
public interface IModelCatalogue
{
    /// <summary>The models that Ollama has, newest first.</summary>
    Task<IReadOnlyList<ModelInfo>> ListAsync(RequestContext context, CancellationToken cancellationToken);

    /// <summary>What a model can do; unknown when Ollama does not answer (the generation itself then meets the same error).</summary>
    ValueTask<ModelCapabilities> GetCapabilitiesAsync(string model, RequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The digest of the model's blob. Never waits for Ollama: the digest is at most 30 s old while Ollama lists its models, else the last
    /// known one; null while none is known. Each call keeps the list fresh in the background.
    /// </summary>
    string? FindDigest(string model);

    /// <summary>As <see cref="FindDigest"/>, but waits for a list that is being read. Never throws because of the upstream.</summary>
    ValueTask<string?> GetDigestAsync(string model, CancellationToken cancellationToken);

    /// <summary>
    /// The context of the model's current runner in tokens; null when the model is not loaded or Ollama does not say. Never throws
    /// because of the upstream.
    /// </summary>
    ValueTask<int?> GetContextLengthAsync(string model, CancellationToken cancellationToken);

    /// <summary>
    /// The contexts of all current runners in tokens, by the names of their models; empty when Ollama does not say. One question for a whole
    /// list of models. Never throws because of the upstream.
    /// </summary>
    Task<IReadOnlyDictionary<string, int?>> ListContextLengthsAsync(CancellationToken cancellationToken);
}
