using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Callers;
using MediatR;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Refuses models that the caller may not use. It runs after validation, so that there is a name, and before the cache, so that no answer of
/// another caller is given away and nothing is asked upstream.
/// </summary>
internal sealed class ModelAccessBehaviour<TRequest, TResponse>(ModelAliases aliases) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IUsesModel
{
    public Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var caller = request.Context.Caller;
        if (!caller.Policy.Models.IsUnlimited)
        {
            // Not null: the validators let no request without a model pass.
            ForbiddenModel.ThrowUnlessAllowed(caller, aliases.Resolve(request.Model!), request.Model!);
        }

        return next();
    }
}
