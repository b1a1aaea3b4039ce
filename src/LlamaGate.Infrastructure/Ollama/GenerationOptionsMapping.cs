using System.Buffers;
using System.Text.Json;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The domain's options → Ollama's <c>options</c>.</summary>
internal static class GenerationOptionsMapping
{
    /// <summary>OpenAI's fields win over the vendor's object of the same name; an object that would be empty is not sent.</summary>
    public static JsonElement? ToOptions(GenerationOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteOpenAIOptions(writer, options);
            foreach (var member in options.Vendor?.EnumerateObject() ?? default)
            {
                if (!IsSetByOpenAI(options, member.Name))
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        if (buffer.WrittenCount == "{}".Length)
        {
            return null;
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static bool IsSetByOpenAI(GenerationOptions options, string name) => name switch
    {
        "temperature" => options.Temperature is not null,
        "top_p" => options.TopP is not null,
        "seed" => options.Seed is not null,
        "frequency_penalty" => options.FrequencyPenalty is not null,
        "presence_penalty" => options.PresencePenalty is not null,
        "num_predict" => options.MaxTokens is not null,
        "stop" => options.Stop is not null,
        _ => false,
    };

    private static void WriteOpenAIOptions(Utf8JsonWriter writer, GenerationOptions options)
    {
        WriteNumber(writer, "temperature", options.Temperature);
        WriteNumber(writer, "top_p", options.TopP);
        WriteNumber(writer, "frequency_penalty", options.FrequencyPenalty);
        WriteNumber(writer, "presence_penalty", options.PresencePenalty);
        if (options.Seed is { } seed)
        {
            writer.WriteNumber("seed", seed);
        }

        if (options.MaxTokens is { } most)
        {
            writer.WriteNumber("num_predict", most);
        }

        if (options.Stop is { } stop)
        {
            writer.WriteStartArray("stop");
            foreach (var sequence in stop)
            {
                writer.WriteStringValue(sequence);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
