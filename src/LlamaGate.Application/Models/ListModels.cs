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
        var aliased = aliases.Names
            .Select(alias => (Alias: alias, Model: ModelMapping.Find(models, aliases.Resolve(alias))))
            .Where(pair => pair.Model is not null)
            .Select(pair => ModelMapping.ToObject(pair.Model!, pair.Alias, isAlias: true));
        return new ModelList { Data = [.. models.Select(model => ModelMapping.ToObject(model, model.Name)), .. aliased] };
    }
}
