using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>What <see cref="GetModelQuery"/> finds, in Anthropic's form.</summary>
/// <param name="Id">Its name or an alias.</param>
public sealed record GetAnthropicModelQuery(string Id, RequestContext Context) : IRequest<AnthropicModel>;

internal sealed class GetAnthropicModelHandler(IModelCatalogue catalogue, ModelAliases aliases) : IRequestHandler<GetAnthropicModelQuery, AnthropicModel>
{
    public async Task<AnthropicModel> Handle(GetAnthropicModelQuery request, CancellationToken cancellationToken)
    {
        var models = await catalogue.ListAllowedAsync(request.Context, cancellationToken);
        var model = ModelMapping.FindOrThrow(models, aliases.Resolve(request.Id), request.Id);
        var context = await catalogue.GetContextLengthAsync(model.Name, cancellationToken);
        return ModelMapping.ToAnthropicModel(model, request.Id, context);
    }
}
