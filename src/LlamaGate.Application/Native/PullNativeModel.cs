using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native.Contracts;
using LlamaGate.Domain.Models;
using MediatR;

namespace LlamaGate.Application.Native;

/// <summary>
/// A pull where models must not be changed: it succeeds for a model that is there, since clients pull to be sure of it, and is refused
/// otherwise.
/// </summary>
public sealed record PullNativeModelCommand(NativeBody Body, RequestContext Context) : IRequest<Unit>, IValidatedRequest<NativeBody>;

internal sealed class PullNativeModelHandler(IModelCatalogue catalogue, ModelAliases aliases) : IRequestHandler<PullNativeModelCommand, Unit>
{
    public async Task<Unit> Handle(PullNativeModelCommand request, CancellationToken cancellationToken)
    {
        NativeAccess.ThrowUnlessAllowed(request.Context.Caller, request.Body, aliases);
        var models = await catalogue.ListAsync(request.Context, cancellationToken);
        return ModelMapping.Find(models, aliases.Resolve(request.Body.Model)) is null ? throw ReadOnlyModels.Refusal() : Unit.Value;
    }
}
