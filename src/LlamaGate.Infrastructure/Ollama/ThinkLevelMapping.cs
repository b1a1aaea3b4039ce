using System.Text.Json;
using LlamaGate.Domain.Chat;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The domain's level → Ollama's <c>think</c>, a bool or a word.</summary>
internal static class ThinkLevelMapping
{
    private static readonly JsonElement Off = JsonElement.Parse("false");
    private static readonly JsonElement On = JsonElement.Parse("true");
    private static readonly JsonElement Low = JsonElement.Parse("\"low\"");
    private static readonly JsonElement Medium = JsonElement.Parse("\"medium\"");
    private static readonly JsonElement High = JsonElement.Parse("\"high\"");
    private static readonly JsonElement Max = JsonElement.Parse("\"max\"");

    public static JsonElement? ToWire(ThinkLevel? level) => level switch
    {
        null => null,
        ThinkLevel.Off => Off,
        ThinkLevel.On => On,
        ThinkLevel.Low => Low,
        ThinkLevel.Medium => Medium,
        ThinkLevel.High => High,
        ThinkLevel.Max => Max,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
