using System.Buffers;
using System.Text.Json;

namespace LlamaGate.Application.Models;

/// <summary>
/// What decides how Ollama loads a model. A call with another value than the loaded model's makes Ollama load it again, for everybody.
/// </summary>
internal static class LoadOptions
{
    /// <summary>The context in tokens.</summary>
    public const string Context = "num_ctx";

    /// <summary>In <c>options</c>, with those that only older versions of Ollama read.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        Context, "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict",
        "num_gqa", "low_vram", "f16_kv", "logits_all", "vocab_only", "use_mlock", "embedding_only", "numa",
        "rope_frequency_base", "rope_frequency_scale",
    };

    /// <summary>Ollama looks for the exact name.</summary>
    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Those of the options that fulfil a condition; null when none does. The same element when all do.</summary>
    /// <param name="options">An object; null when there are none.</param>
    public static JsonElement? Where(JsonElement? options, Func<JsonProperty, bool> condition)
    {
        if (options is not { ValueKind: JsonValueKind.Object } all || all.EnumerateObject().All(condition))
        {
            return options;
        }

        var bytes = new ArrayBufferWriter<byte>();
        var isEmpty = true;
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var option in all.EnumerateObject().Where(condition))
            {
                option.WriteTo(writer);
                isEmpty = false;
            }

            writer.WriteEndObject();
        }

        return isEmpty ? null : JsonElement.Parse(bytes.WrittenSpan);
    }
}
