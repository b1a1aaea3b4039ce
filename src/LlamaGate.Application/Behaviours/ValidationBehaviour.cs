using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Validation;
using MediatR;

namespace LlamaGate.Application.Behaviours;

/// <summary>Stands before the cache, so that a key is only made of a request that is well-formed.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse, TBody>(IValidator<TBody> validator)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IValidatedRequest<TBody>
{
    public Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        // The rules are plain code with nothing to wait for.
        var result = validator.Validate(request.Body);
        return result.IsValid ? next() : throw Rules.ToException(result.Errors[0]);
    }
}
