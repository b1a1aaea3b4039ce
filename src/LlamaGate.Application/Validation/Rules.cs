using FluentValidation.Results;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Validation;

/// <summary>Attaches a field's JSON path and a <see cref="GatewayError"/> to FluentValidation's failures.</summary>
internal static class Rules
{
    public static ValidationFailure ToFailure(RuleFailure failure) =>
        new(failure.Param, failure.Message) { CustomState = failure.Error };

    /// <summary>The exception that reports the first failure to the caller, as OpenAI does.</summary>
    public static GatewayException ToException(ValidationFailure failure) =>
        new(failure.CustomState as GatewayError? ?? GatewayError.InvalidRequest, failure.ErrorMessage) { Path = failure.PropertyName };

    /// <summary>The number must lie within the range, or be absent.</summary>
    public static RuleFailure? Range(NumberRange range, double? value) => value < range.Least || value > range.Most
        ? new(range.Field, $"{range.Field} must be between {range.Least} and {range.Most}.")
        : null;
}
