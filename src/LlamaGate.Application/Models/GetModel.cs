using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>One model. The route allows no empty id, so there is nothing to validate.</summary>
/// <param name="Id">Its name or an alias.</param>
public sealed record GetModelQuery(string Id, RequestContext Context) : IRequest<ModelObject>;

internal sealed class GetModelHandler(IModelCatalogue catalogue, ModelAliases aliases) : IRequestHandler<GetModelQuery, ModelObject>
{
    public async Task<ModelObject> Handle(GetModelQuery request, CancellationToken cancellationToken)
    {
        var name = aliases.Resolve(request.Id);
        var models = await catalogue.ListAllowedAsync(request.Context, cancellationToken);
        var model = ModelMapping.FindOrThrow(models, name, request.Id);
        var context = await catalogue.GetContextLengthAsync(model.Name, cancellationToken);
        return ModelMapping.ToObject(model, request.Id, isAlias: name != request.Id, context);
    }
}
