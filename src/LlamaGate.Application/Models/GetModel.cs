using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>One model. The route lets no empty id pass, so there is nothing to validate.</summary>
/// <param name="Id">Its name or an alias.</param>
public sealed record GetModelQuery(string Id) : IRequest<ModelObject>;

internal sealed class GetModelHandler(IOllamaClient ollama, ModelAliases aliases) : IRequestHandler<GetModelQuery, ModelObject>
{
    public async Task<ModelObject> Handle(GetModelQuery request, CancellationToken cancellationToken)
    {
        var name = aliases.Resolve(request.Id);
        var models = await ollama.ListModelsAsync(cancellationToken);
        var model = ModelMapping.Find(models, name)
            ?? throw new GatewayException(GatewayError.ModelNotFound, $"The model '{request.Id}' does not exist.", "model");
        return ModelMapping.ToObject(model, request.Id, isAlias: name != request.Id);
    }
}
