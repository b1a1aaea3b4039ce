using System.Text.Json;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Generation;

/// <summary>The request's words for how long a model thinks → the domain's level.</summary>
internal static class ThinkMapping
{
    /// <param name="think">The vendor's field, valid; it wins.</param>
    /// <param name="reasoningEffort">OpenAI's field.</param>
    public static ThinkLevel? ToThinkLevel(JsonElement? think, string? reasoningEffort) => think switch
    {
        { ValueKind: JsonValueKind.True } => ThinkLevel.On,
        { ValueKind: JsonValueKind.False } => ThinkLevel.Off,
        { ValueKind: JsonValueKind.String } level => ToThinkLevel(level.GetString()),
        _ => ToThinkLevel(reasoningEffort),
    };

    /// <summary>Whether the word has a meaning here. What a newer client knows besides is not sent, and named.</summary>
    public static bool IsEffort(string word) => ToThinkLevel(word) is not null;

    private static ThinkLevel? ToThinkLevel(string? word) => word switch
    {
        "none" => ThinkLevel.Off,
        "minimal" or "low" => ThinkLevel.Low,
        "medium" => ThinkLevel.Medium,
        "high" => ThinkLevel.High,
        "xhigh" or "max" or "ultra" => ThinkLevel.Max,
        _ => null,
    };
}
