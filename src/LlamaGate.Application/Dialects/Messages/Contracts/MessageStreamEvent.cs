using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Messages.Contracts;

/// <summary>Anthropic's event of a stream; its type is also the name of the server-sent event.</summary>
public sealed record MessageStreamEvent
{
    public const string Start = "message_start";
    public const string BlockStart = "content_block_start";
    public const string BlockDelta = "content_block_delta";
    public const string BlockStop = "content_block_stop";
    public const string MessageDelta = "message_delta";
    public const string Stop = "message_stop";

    /// <summary>message_start, content_block_start, content_block_delta, content_block_stop, message_delta, message_stop or ping.</summary>
    public required string Type { get; init; }

    /// <summary>With message_start: the message before it has any content.</summary>
    public MessageAnswer? Message { get; init; }

    /// <summary>The block's place in the content.</summary>
    public int? Index { get; init; }

    /// <summary>With content_block_start: the block before it has any content.</summary>
    public MessageBlock? ContentBlock { get; init; }

    public MessageStreamDelta? Delta { get; init; }

    /// <summary>With message_delta: of the whole answer.</summary>
    public MessageUsage? Usage { get; init; }
}

/// <summary>What came to a block, or to the message at its end.</summary>
public sealed record MessageStreamDelta
{
    /// <summary>thinking_delta, signature_delta, text_delta or input_json_delta; absent at the message's end.</summary>
    public string? Type { get; init; }

    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    public string? Text { get; init; }

    /// <summary>The whole input of a call, as JSON.</summary>
    public string? PartialJson { get; init; }

    /// <summary>At the message's end: see <see cref="MessageAnswer.StopReason"/>.</summary>
    public string? StopReason { get; init; }

    /// <summary>At the message's end: null.</summary>
    public JsonElement? StopSequence { get; init; }

    /// <summary>At the message's end: null.</summary>
    public JsonElement? StopDetails { get; init; }

    /// <summary>At the message's end: null.</summary>
    public JsonElement? Container { get; init; }
}

/// <summary>Source-generated reading and writing of the messages' contracts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateMessageRequest))]
[JsonSerializable(typeof(CountTokensRequest))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(MessageStreamEvent))]
[JsonSerializable(typeof(MessageTokenCount))]
[JsonSerializable(typeof(IReadOnlyList<ContentBlock>))]
[JsonSerializable(typeof(BlockSource))]
public sealed partial class MessagesJsonContext : JsonSerializerContext
{
    /// <summary>The context with this project's options.</summary>
    public static MessagesJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());

    /// <summary>Contracts that a converter of ours reads within another contract.</summary>
    internal static MessagesJsonContext Of(JsonSerializerOptions options) => options.TypeInfoResolver as MessagesJsonContext ?? Instance;
}
