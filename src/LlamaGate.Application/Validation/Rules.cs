using FluentValidation;
using FluentValidation.Results;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Validation;

/// <summary>How rules name a field by its JSON path and an error by its <see cref="GatewayError"/>.</summary>
internal static class Rules
{
    /// <summary>Adds a failure at a JSON path such as <c>messages[0].role</c>.</summary>
    public static void Fail<T>(
        this ValidationContext<T> context, string param, string message, GatewayError error = GatewayError.InvalidRequest) =>
        context.AddFailure(new ValidationFailure(param, message) { CustomState = error });

    /// <summary>The number must lie within both ends; absent is fine.</summary>
    public static void WithinRange<T, TNumber>(
        this IRuleBuilderInitial<T, TNumber?> rule, string param, TNumber least, TNumber most)
        where TNumber : struct, IComparable<TNumber> => rule.Custom((value, context) =>
        {
            if (value is { } number && (number.CompareTo(least) < 0 || number.CompareTo(most) > 0))
            {
                context.Fail(param, $"{param} must be between {least} and {most}.");
            }
        });

    /// <summary>The exception that tells the caller of the first failure, as OpenAI does.</summary>
    public static GatewayException ToException(ValidationFailure failure) =>
        new(failure.CustomState as GatewayError? ?? GatewayError.InvalidRequest, failure.ErrorMessage, failure.PropertyName);
}
