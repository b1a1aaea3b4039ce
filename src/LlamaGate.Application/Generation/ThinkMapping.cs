using System.Text.Json;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Generation;

/// <summary>The request's thinking level → the domain's.</summary>
internal static class ThinkMapping
{
    /// <param name="think">The vendor's field, valid; it takes precedence.</param>
    /// <param name="reasoningEffort">OpenAI's field.</param>
    public static ThinkLevel? ToThinkLevel(JsonElement? think, string? reasoningEffort) => think switch
    {
        { ValueKind: JsonValueKind.True } => ThinkLevel.On,
        { ValueKind: JsonValueKind.False } => ThinkLevel.Off,
        { ValueKind: JsonValueKind.String } level => ToThinkLevel(level.GetString()),
        _ => ToThinkLevel(reasoningEffort),
    };

    /// <summary>Whether the value is known here. Unknown values of newer clients are not sent, and are listed as ignored.</summary>
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
