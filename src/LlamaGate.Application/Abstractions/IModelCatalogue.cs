using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Abstractions;

/// <summary>What the upstream's models are and can do. Failures are as in <see cref="IConversationClient"/> unless said otherwise.</summary>
public interface IModelCatalogue
{
    /// <summary>The models that Ollama has, newest first.</summary>
    Task<IReadOnlyList<ModelInfo>> ListAsync(RequestContext context, CancellationToken cancellationToken);

    /// <summary>What a model can do; unknown when Ollama cannot say now (the generation itself then meets the same error).</summary>
    ValueTask<ModelCapabilities> GetCapabilitiesAsync(string model, RequestContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The digest of the model's blob. Never waits for Ollama: at most 30 s old while Ollama lists its models, the last known when it
    /// does not, null while none is known. Asking keeps the list fresh in the background.
    /// </summary>
    string? FindDigest(string model);

    /// <summary>As <see cref="FindDigest"/>, but waits for a list that is on its way. Never throws for the upstream's sake.</summary>
    ValueTask<string?> GetDigestAsync(string model, CancellationToken cancellationToken);

    /// <summary>
    /// The context of the model's runner in tokens, as it is loaded now; null when it is not loaded or Ollama does not say. Never throws
    /// for the upstream's sake.
    /// </summary>
    ValueTask<int?> GetContextLengthAsync(string model, CancellationToken cancellationToken);
}
