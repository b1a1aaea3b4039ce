using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>All models that can be asked. It has no body, so there is nothing to validate.</summary>
public sealed record ListModelsQuery : IRequest<ModelList>;

internal sealed class ListModelsHandler(IOllamaClient ollama) : IRequestHandler<ListModelsQuery, ModelList>
{
    public async Task<ModelList> Handle(ListModelsQuery request, CancellationToken cancellationToken)
    {
        var models = await ollama.ListModelsAsync(cancellationToken);
        return new ModelList { Data = [.. models.Select(model => ModelMapping.ToObject(model, model.Name))] };
    }
}
