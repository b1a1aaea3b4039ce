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

    /// <summary>The number must lie within both ends; absent is fine.</summary>
    public static RuleFailure? Range<TNumber>(string param, TNumber? value, TNumber least, TNumber most)
        where TNumber : struct, IComparable<TNumber> =>
        value is { } number && (number.CompareTo(least) < 0 || number.CompareTo(most) > 0)
            ? new(param, $"{param} must be between {least} and {most}.")
            : null;
}
