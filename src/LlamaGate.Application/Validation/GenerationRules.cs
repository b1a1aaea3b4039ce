using System.Text.Json;
using FluentValidation;

namespace LlamaGate.Application.Validation;

/// <summary>Rules for the fields that several endpoints have; absent is fine where nothing else is said.</summary>
internal static class GenerationRules
{
    private const int MostStopSequences = 4;

    private static readonly string[] ThinkLevels = ["low", "medium", "high", "max"];

    /// <summary>The model must be named.</summary>
    public static void IsModelName<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Custom((model, context) =>
    {
        if (string.IsNullOrWhiteSpace(model))
        {
            context.Fail("model", "model is required: the name of a model as GET /v1/models lists it.");
        }
    });

    public static void IsStopList<T>(this IRuleBuilderInitial<T, IReadOnlyList<string>?> rule) => rule.Custom((stop, context) =>
    {
        if (stop?.Count > MostStopSequences)
        {
            context.Fail("stop", $"stop takes at most {MostStopSequences} sequences.");
        }
    });

    public static void IsThinkSetting<T>(this IRuleBuilderInitial<T, JsonElement?> rule) => rule.Custom((think, context) =>
    {
        if (think is { } setting && !IsThinkSetting(setting))
        {
            context.Fail("think", $"think must be true, false or one of {string.Join(", ", ThinkLevels)}.");
        }
    });

    public static void IsKeepAlive<T>(this IRuleBuilderInitial<T, JsonElement?> rule) => rule.Custom((keepAlive, context) =>
    {
        if (keepAlive is { ValueKind: not (JsonValueKind.Number or JsonValueKind.String) })
        {
            context.Fail("keep_alive", "keep_alive must be a number of seconds or a duration such as \"10m\".");
        }
    });

    public static void IsOptionsObject<T>(this IRuleBuilderInitial<T, JsonElement?> rule) => rule.Custom((options, context) =>
    {
        if (options is { ValueKind: not JsonValueKind.Object })
        {
            context.Fail("options", "options must be an object of Ollama's options.");
        }
    });

    private static bool IsThinkSetting(JsonElement think) => think.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.String => ThinkLevels.Contains(think.GetString()),
        _ => false,
    };
}
