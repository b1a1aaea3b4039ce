using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

/// <summary>
/// Refuses embeddings of a model that makes none, before Ollama is asked. Ollama would load the model in another way, refuse, and load it
/// again for the next chat: on shared hosts everybody would wait for that.
/// </summary>
internal sealed class EmbeddingModels(IModelCatalogue models, HostSharing sharing)
{
    /// <param name="model">Its own name.</param>
    /// <exception cref="GatewayException">The hosts are shared, and the model makes no embeddings.</exception>
    public async Task RequireAsync(string model, RequestContext context, CancellationToken cancellationToken)
    {
        if (sharing.IsOn && (await models.GetCapabilitiesAsync(model, context, cancellationToken)).CanEmbed is false)
        {
            throw NoEmbeddings.Refusal();
        }
    }
}
