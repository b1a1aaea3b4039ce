using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Validation;
using MediatR;

namespace LlamaGate.Application.Behaviours;

/// <summary>Runs before the cache, so that keys are only computed for valid requests.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse, TBody>(IValidator<TBody> validator)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IValidatedRequest<TBody>
{
    public Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        Check(request.Body);
        return next();
    }

    /// <summary>The rules are plain synchronous code.</summary>
    private void Check(TBody body)
    {
        var result = validator.Validate(body);
        if (!result.IsValid)
        {
            throw Rules.ToException(result.Errors[0]);
        }
    }
}
