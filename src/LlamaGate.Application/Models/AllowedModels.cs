using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

internal static class AllowedModels
{
    /// <summary>The models that Ollama has and the caller may use; the others are not there for this caller.</summary>
    public static async Task<IReadOnlyList<ModelInfo>> ListAllowedAsync(
        this IModelCatalogue catalogue, RequestContext context, CancellationToken cancellationToken) =>
        context.Caller.Policy.Models.Among(await catalogue.ListAsync(context, cancellationToken));
}
