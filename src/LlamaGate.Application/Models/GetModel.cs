using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>One model. The route lets no empty id pass, so there is nothing to validate.</summary>
/// <param name="Id">Its name; without a tag, <c>:latest</c> is meant.</param>
public sealed record GetModelQuery(string Id) : IRequest<ModelObject>;

internal sealed class GetModelHandler(IOllamaClient ollama) : IRequestHandler<GetModelQuery, ModelObject>
{
    private const string DefaultTag = ":latest";

    public async Task<ModelObject> Handle(GetModelQuery request, CancellationToken cancellationToken)
    {
        var models = await ollama.ListModelsAsync(cancellationToken);
        var model = models.FirstOrDefault(m => IsNamed(m.Name, request.Id))
            ?? throw new GatewayException(GatewayError.ModelNotFound, $"The model '{request.Id}' does not exist.", "model");
        return ModelMapping.ToObject(model, request.Id);
    }

    /// <summary>Ollama's names do not tell upper from lower case.</summary>
    private static bool IsNamed(string name, string id) =>
        name.Equals(id, StringComparison.OrdinalIgnoreCase) || name.Equals(id + DefaultTag, StringComparison.OrdinalIgnoreCase);
}
