using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>A chunk's usage, which tells absent (<c>default</c>) from null from counts, as OpenAI's streams do.</summary>
[JsonConverter(typeof(ChunkUsageConverter))]
public readonly record struct ChunkUsage(CompletionUsage? Counts)
{
    public bool IsPresent { get; } = true;
}

internal sealed class ChunkUsageConverter : JsonConverter<ChunkUsage>
{
    public override ChunkUsage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(ref reader, GenerationJsonContext.Instance.CompletionUsage));

    public override void Write(Utf8JsonWriter writer, ChunkUsage value, JsonSerializerOptions options)
    {
        if (value.Counts is { } counts)
        {
            JsonSerializer.Serialize(writer, counts, GenerationJsonContext.Instance.CompletionUsage);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
