using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Chat.Contracts;

/// <summary>A message's content: a text, or parts. Exactly one of the two is set.</summary>
public sealed record MessageContent
{
    public string? Text { get; init; }

    public IReadOnlyList<MessageContentPart?>? Parts { get; init; }
}

/// <summary>One part of a message's content.</summary>
public sealed record MessageContentPart
{
    /// <summary>text or image_url; refusal in an assistant's message.</summary>
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Refusal { get; init; }

    [JsonConverter(typeof(ImageUrlConverter))]
    public ImageUrlParam? ImageUrl { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>An image, as a <c>data:</c> URI.</summary>
public sealed record ImageUrlParam
{
    public string? Url { get; init; }

    /// <summary>Accepted, no effect: Ollama's models scale images themselves.</summary>
    public string? Detail { get; init; }
}

internal sealed class MessageContentConverter : JsonConverter<MessageContent>
{
    public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => new MessageContent { Text = reader.GetString() },
            JsonTokenType.StartArray => new MessageContent
            {
                Parts = NestedContractException.Read(ref reader, ChatJsonContext.Of(options).IReadOnlyListMessageContentPart),
            },
            _ => throw new ContractException("content must be a string or an array of parts."),
        };

    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        if (value.Parts is { } parts)
        {
            JsonSerializer.Serialize(writer, parts, ChatJsonContext.Of(options).IReadOnlyListMessageContentPart);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}

/// <summary>Takes OpenAI's object and the bare string that some clients send.</summary>
internal sealed class ImageUrlConverter : JsonConverter<ImageUrlParam>
{
    public override ImageUrlParam? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new ImageUrlParam { Url = reader.GetString() }
            : NestedContractException.Read(ref reader, ChatJsonContext.Of(options).ImageUrlParam);

    public override void Write(Utf8JsonWriter writer, ImageUrlParam value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ChatJsonContext.Of(options).ImageUrlParam);
}
