using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>All models that the caller may use, and the aliases of existing models. It has no body, so there is nothing to validate.</summary>
public sealed record ListModelsQuery(RequestContext Context) : IRequest<ModelList>;

internal sealed class ListModelsHandler(IModelCatalogue catalogue, ModelAliases aliases) : IRequestHandler<ListModelsQuery, ModelList>
{
    public async Task<ModelList> Handle(ListModelsQuery request, CancellationToken cancellationToken)
    {
        var models = await catalogue.ListAllowedAsync(request.Context, cancellationToken);
        var listed = ModelMapping.List(models, aliases);
        var contexts = listed.Count > 0 ? await catalogue.ListContextLengthsAsync(cancellationToken) : null;
        return new ModelList
        {
            Data = [.. listed.Select(one => ModelMapping.ToObject(
                one.Model, one.Id, one.IsAlias, contexts?.GetValueOrDefault(one.Model.Name)))],
        };
    }
}
