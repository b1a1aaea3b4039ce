using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Chat.Contracts;

/// <summary>A message's content: a text, or parts. Exactly one of the two is set.</summary>
public sealed record MessageContent
{
    public string? Text { get; set; }

    public IReadOnlyList<MessageContentPart?>? Parts { get; set; }
}

/// <summary>One part of a message's content.</summary>
public sealed record MessageContentPart
{
    /// <summary>text or image_url; refusal in an assistant's message.</summary>
    public string? Type { get; set; }

    public string? Text { get; set; }

    public string? Refusal { get; set; }

    [JsonConverter(typeof(ImageUrlConverter))]
    public ImageUrlParam? ImageUrl { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>An image, as a <c>data:</c> URI.</summary>
public sealed record ImageUrlParam
{
    public string? Url { get; set; }

    /// <summary>Accepted, no effect: Ollama's models scale images themselves.</summary>
    public string? Detail { get; set; }
}

internal sealed class MessageContentConverter()
    : TextOrListConverter<MessageContent, MessageContentPart?>("content must be a string or an array of parts.")
{
    protected override MessageContent OfText(string text) => new() { Text = text };

    protected override MessageContent OfList(IReadOnlyList<MessageContentPart?> list) => new() { Parts = list };

    protected override string? TextOf(MessageContent value) => value.Text;

    protected override IReadOnlyList<MessageContentPart?>? ListOf(MessageContent value) => value.Parts;

    protected override JsonTypeInfo<IReadOnlyList<MessageContentPart?>> ListType(JsonSerializerOptions options) =>
        ChatJsonContext.Of(options).IReadOnlyListMessageContentPart!;
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
