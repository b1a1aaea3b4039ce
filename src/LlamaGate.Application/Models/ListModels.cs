using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>All models that can be used, and the aliases of existing models. It has no body, so there is nothing to validate.</summary>
public sealed record ListModelsQuery(RequestContext Context) : IRequest<ModelList>;

internal sealed class ListModelsHandler(IModelCatalogue catalogue, ModelAliases aliases) : IRequestHandler<ListModelsQuery, ModelList>
{
    public async Task<ModelList> Handle(ListModelsQuery request, CancellationToken cancellationToken)
    {
        var models = await catalogue.ListAsync(request.Context, cancellationToken);
        // All at once: they then share one look at Ollama's running models.
        var entries = await Task.WhenAll(ModelMapping.List(models, aliases).Select(async listed => ModelMapping.ToObject(
            listed.Model, listed.Id, listed.IsAlias, await catalogue.GetContextLengthAsync(listed.Model.Name, cancellationToken))));
        return new ModelList { Data = entries };
    }
}
