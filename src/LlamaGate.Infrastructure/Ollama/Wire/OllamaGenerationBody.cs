using System.Text.Json;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>
/// The members that the bodies of <c>/api/chat</c> and <c>/api/generate</c> have in common. Null members are not
/// written, so that the Modelfile's defaults apply.
/// </summary>
/// <remarks>
/// Written by hand: a wire type per request would cost more than the body itself.
/// </remarks>
internal static class OllamaGenerationBody
{
    /// <summary>The text after the prompt.</summary>
    /// <param name="truncate">Whether an overlong prompt may be truncated; otherwise it is an error.</param>
    /// <returns>See <see cref="UpstreamBody.OptionsAt"/>.</returns>
    public static int? WriteRest(Utf8JsonWriter writer, ConversationRequest request, bool truncate)
    {
        var optionsAt = WriteOptions(writer, request.Options);
        WriteThink(writer, request.Think);
        WriteKeepAlive(writer, request.KeepAlive);
        if (!truncate)
        {
            writer.WriteBoolean("truncate"u8, false);
        }

        WriteLogprobs(writer, request.Logprobs, request.TopLogprobs);
        return optionsAt;
    }

    /// <summary>
    /// Named options override the vendor's of the same name; an empty object is not written.
    /// </summary>
    /// <returns>See <see cref="UpstreamBody.OptionsAt"/>.</returns>
    public static int? WriteOptions(Utf8JsonWriter writer, GenerationOptions options)
    {
        if (IsEmpty(options))
        {
            return null;
        }

        writer.WriteStartObject("options"u8);
        var at = UpstreamBody.PositionOf(writer);
        WriteNamedOptions(writer, options);
        foreach (var member in options.Vendor?.EnumerateObject() ?? default)
        {
            if (!IsNamed(options, member.Name))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
        return at;
    }

    /// <summary>A boolean or a level.</summary>
    private static void WriteThink(Utf8JsonWriter writer, ThinkLevel? level)
    {
        switch (level)
        {
            case null:
                break;
            case ThinkLevel.Off or ThinkLevel.On:
                writer.WriteBoolean("think"u8, level is ThinkLevel.On);
                break;
            default:
                writer.WriteString("think"u8, ToWord(level.Value));
                break;
        }
    }

    private static void WriteKeepAlive(Utf8JsonWriter writer, JsonElement? keepAlive)
    {
        if (keepAlive is { } time)
        {
            writer.WritePropertyName("keep_alive"u8);
            time.WriteTo(writer);
        }
    }

    private static void WriteLogprobs(Utf8JsonWriter writer, bool? logprobs, int? topLogprobs)
    {
        if (logprobs is { } wanted)
        {
            writer.WriteBoolean("logprobs"u8, wanted);
        }

        if (topLogprobs is { } count)
        {
            writer.WriteNumber("top_logprobs"u8, count);
        }
    }

    private static bool IsEmpty(GenerationOptions options) =>
        options is
        {
            Temperature: null, TopP: null, FrequencyPenalty: null, PresencePenalty: null, Seed: null, MaxTokens: null, Stop: null,
        }
        && options.Vendor?.EnumerateObject().MoveNext() is null or false;

    private static bool IsNamed(GenerationOptions options, string name) => name switch
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

    private static void WriteNamedOptions(Utf8JsonWriter writer, GenerationOptions options)
    {
        WriteNumber(writer, "temperature"u8, options.Temperature);
        WriteNumber(writer, "top_p"u8, options.TopP);
        WriteNumber(writer, "frequency_penalty"u8, options.FrequencyPenalty);
        WriteNumber(writer, "presence_penalty"u8, options.PresencePenalty);
        if (options.Seed is { } seed)
        {
            writer.WriteNumber("seed"u8, seed);
        }

        if (options.MaxTokens is { } most)
        {
            writer.WriteNumber("num_predict"u8, most);
        }

        if (options.Stop is { } stop)
        {
            writer.WriteStartArray("stop"u8);
            foreach (var sequence in stop)
            {
                writer.WriteStringValue(sequence);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static string ToWord(ThinkLevel level) => level switch
    {
        ThinkLevel.Low => "low",
        ThinkLevel.Medium => "medium",
        ThinkLevel.High => "high",
        ThinkLevel.Max => "max",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
