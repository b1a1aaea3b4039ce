using System.Text.Json;

namespace LlamaGate.Application.Validation;

/// <summary>Rules for the fields that several endpoints have; a field may be absent unless noted otherwise.</summary>
internal static class GenerationRules
{
    private static readonly string[] ThinkLevels = ["low", "medium", "high", "max"];

    /// <summary>The model is required.</summary>
    public static RuleFailure? Model(string? model) => string.IsNullOrWhiteSpace(model)
        ? new("model", "model is required: the name of a model that GET /v1/models lists.")
        : null;

    public static RuleFailure? Stop(IReadOnlyList<string>? stop) => stop?.Count > FieldRanges.MaxStopSequences
        ? new("stop", $"stop accepts at most {FieldRanges.MaxStopSequences} sequences.")
        : null;

    public static RuleFailure? Think(JsonElement? think) => think is { } setting && !IsThinkSetting(setting)
        ? new("think", $"think must be true, false or one of {string.Join(", ", ThinkLevels)}.")
        : null;

    public static RuleFailure? KeepAlive(JsonElement? keepAlive) =>
        keepAlive is { ValueKind: not (JsonValueKind.Number or JsonValueKind.String) }
            ? new("keep_alive", "keep_alive must be a number of seconds or a duration such as \"10m\".")
            : null;

    public static RuleFailure? Options(JsonElement? options) => options is { ValueKind: not JsonValueKind.Object }
        ? new("options", "options must be an object of Ollama's options.")
        : null;

    private static bool IsThinkSetting(JsonElement think) => think.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.String => ThinkLevels.Contains(think.GetString()),
        _ => false,
    };
}
