using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages.Contracts;

/// <summary>A text, or blocks. Neither is set where something else stands.</summary>
public sealed record MessageText
{
    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Text { get; set; }

    public IReadOnlyList<ContentBlock?>? Blocks { get; set; }

    /// <summary>An object in their place, which only tools' results have.</summary>
    [JsonIgnore]
    public JsonElement? Other { get; set; }
}

/// <summary>One block of a message.</summary>
/// <remarks>One type for all kinds; which members belong to which is the validator's business.</remarks>
public sealed record ContentBlock
{
    /// <summary>text, image, document, search_result, tool_use, tool_result, tool_reference, tool_addition, tool_removal or thinking. Others are
    /// left out and named.</summary>
    public string? Type { get; set; }

    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Text { get; set; }

    /// <summary>The content of an image or a document; a search result's address.</summary>
    [JsonConverter(typeof(BlockSourceConverter))]
    public BlockSource? Source { get; set; }

    /// <summary>On a document or a search result.</summary>
    public string? Title { get; set; }

    /// <summary>Of a call.</summary>
    public string? Id { get; set; }

    /// <summary>The tool that is called.</summary>
    public string? Name { get; set; }

    /// <summary>The tool's input, an object.</summary>
    public JsonElement? Input { get; set; }

    /// <summary>The call that a result answers.</summary>
    public string? ToolUseId { get; set; }

    /// <summary>A tool's result, or the content of a search result: a string or blocks.</summary>
    [JsonConverter(typeof(MessageTextConverter))]
    public MessageText? Content { get; set; }

    /// <summary>Whether the tool failed.</summary>
    public bool? IsError { get; set; }

    /// <summary>The tool that a <c>tool_reference</c> makes available.</summary>
    public string? ToolName { get; set; }

    /// <summary>The tool that a <c>tool_addition</c> offers from then on, or a <c>tool_removal</c> takes away.</summary>
    public MessageToolChange? Tool { get; set; }

    /// <summary>The model's thoughts; empty if only <see cref="Signature"/> contains them.</summary>
    public string? Thinking { get; set; }

    /// <summary>As it came with the thought.</summary>
    public string? Signature { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What an image or a document is made of.</summary>
public sealed record BlockSource
{
    /// <summary>base64 for an image, text or content for a document.</summary>
    public string? Type { get; set; }

    /// <summary>Base64, or a document's text.</summary>
    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Data { get; set; }

    /// <summary>A document's text or text blocks.</summary>
    [JsonConverter(typeof(MessageTextConverter))]
    public MessageText? Content { get; set; }
}

/// <summary>Reads a string or blocks, and the object that some programs send as a tool's result, and servers' tools hold.</summary>
internal sealed class MessageTextConverter()
    : TextOrListConverter<MessageText, ContentBlock?>("Expected a string or an array of blocks.")
{
    protected override MessageText OfText(Utf8Text text) => new() { Text = text };

    protected override MessageText OfList(IReadOnlyList<ContentBlock?> list) => new() { Blocks = list };

    protected override MessageText OfOther(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return base.OfOther(ref reader);
        }

        return new MessageText { Other = RawJsonConverter.Read(ref reader) };
    }

    protected override Utf8Text TextOf(MessageText value) => value.Text.GetValueOrDefault();

    protected override IReadOnlyList<ContentBlock?>? ListOf(MessageText value) => value.Blocks;

    protected override JsonTypeInfo<IReadOnlyList<ContentBlock?>> ListType(JsonSerializerOptions options) =>
        MessagesJsonContext.Of(options).IReadOnlyListContentBlock!;
}

/// <summary>Reads an object, and the address that search results have in its place.</summary>
internal sealed class BlockSourceConverter : JsonConverter<BlockSource>
{
    public override BlockSource? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new BlockSource()
            : NestedContractException.Read(ref reader, MessagesJsonContext.Of(options).BlockSource);

    public override void Write(Utf8JsonWriter writer, BlockSource value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, MessagesJsonContext.Of(options).BlockSource);
}
