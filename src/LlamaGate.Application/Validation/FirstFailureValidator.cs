using FluentValidation;

namespace LlamaGate.Application.Validation;

/// <summary>
/// A validator whose rules are plain code and stop at the first failure, since only one is reported. It is one rule to FluentValidation:
/// with a rule for each field, iterating over the rules took most of the validation time.
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
