using FluentValidation;

namespace LlamaGate.Application.Validation;

/// <summary>
/// A validator whose rules are plain code and end at the first failure, since a caller is told of one. It is one rule to FluentValidation:
/// with a rule for each field, the going from rule to rule took most of the time of a validation.
/// </summary>
internal abstract class FirstFailureValidator<T> : AbstractValidator<T>
{
    protected FirstFailureValidator() => RuleFor(request => request).Custom((request, context) =>
    {
        if (FirstFailure(request) is { } failure)
        {
            context.AddFailure(Rules.ToFailure(failure));
        }
    });

    /// <summary>Null when the request is valid.</summary>
    protected abstract RuleFailure? FirstFailure(T request);
}
