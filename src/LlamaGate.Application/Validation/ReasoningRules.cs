using FluentValidation;

namespace LlamaGate.Application.Validation;

/// <summary>Rules for how long a thinking model thinks.</summary>
internal static class ReasoningRules
{
    private static readonly string[] Efforts = ["none", "minimal", "low", "medium", "high", "xhigh"];

    /// <summary>One of OpenAI's words; absent is fine.</summary>
    public static void IsReasoningEffort<T>(this IRuleBuilderInitial<T, string?> rule, string param) =>
        rule.Custom((effort, context) =>
        {
            if (effort is not null && !Efforts.Contains(effort))
            {
                context.Fail(param, $"{param} must be one of {string.Join(", ", Efforts)}.");
            }
        });
}
