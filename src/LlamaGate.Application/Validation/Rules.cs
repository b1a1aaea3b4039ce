using FluentValidation.Results;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Validation;

/// <summary>How FluentValidation's failures carry a field's JSON path and a <see cref="GatewayError"/>.</summary>
internal static class Rules
{
    public static ValidationFailure ToFailure(RuleFailure failure) =>
        new(failure.Param, failure.Message) { CustomState = failure.Error };

    /// <summary>The exception that tells the caller of the first failure, as OpenAI does.</summary>
    public static GatewayException ToException(ValidationFailure failure) =>
        new(failure.CustomState as GatewayError? ?? GatewayError.InvalidRequest, failure.ErrorMessage) { Path = failure.PropertyName };

    /// <summary>The number must lie within the range; absent is fine.</summary>
    public static RuleFailure? Range(NumberRange range, double? value) => value < range.Least || value > range.Most
        ? new(range.Field, $"{range.Field} must be between {range.Least} and {range.Most}.")
        : null;
}
