using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>A message's content: a string, or parts. Exactly one of the two is set.</summary>
public sealed record MessageContent
{
    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Text { get; set; }

    public IReadOnlyList<MessageContentPart?>? Parts { get; set; }
}

/// <summary>One part of a message's content.</summary>
public sealed record MessageContentPart
{
    /// <summary>text or image_url; refusal in an assistant's message.</summary>
    public string? Type { get; set; }

    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Text { get; set; }

    public string? Refusal { get; set; }

    [JsonConverter(typeof(ImageUrlConverter))]
    public ImageUrlParam? ImageUrl { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>An image, as a <c>data:</c> URI.</summary>
public sealed record ImageUrlParam
{
    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Url { get; set; }

    /// <summary>Accepted, no effect: Ollama's models scale images themselves.</summary>
    public string? Detail { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class MessageContentConverter()
    : TextOrListConverter<MessageContent, MessageContentPart?>("content must be a string or an array of parts.")
{
    protected override MessageContent OfText(Utf8Text text) => new() { Text = text };

    protected override MessageContent OfList(IReadOnlyList<MessageContentPart?> list) => new() { Parts = list };

    protected override Utf8Text TextOf(MessageContent value) => value.Text.GetValueOrDefault();

    protected override IReadOnlyList<MessageContentPart?>? ListOf(MessageContent value) => value.Parts;

    protected override JsonTypeInfo<IReadOnlyList<MessageContentPart?>> ListType(JsonSerializerOptions options) =>
        ChatJsonContext.Of(options).IReadOnlyListMessageContentPart!;
}

/// <summary>Takes OpenAI's object and the bare string that some clients send.</summary>
internal sealed class ImageUrlConverter : JsonConverter<ImageUrlParam>
{
    public override ImageUrlParam? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new ImageUrlParam { Url = Utf8TextConverter.Read(ref reader) }
            : NestedContractException.Read(ref reader, ChatJsonContext.Of(options).ImageUrlParam);

    public override void Write(Utf8JsonWriter writer, ImageUrlParam value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ChatJsonContext.Of(options).ImageUrlParam);
}
