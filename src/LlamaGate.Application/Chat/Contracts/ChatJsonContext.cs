using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Chat.Contracts;

/// <summary>Source-generated reading and writing of the chat contracts.</summary>
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(IReadOnlyList<MessageContentPart>))]
[JsonSerializable(typeof(ImageUrlParam))]
public sealed partial class ChatJsonContext : JsonSerializerContext
{
    /// <summary>The context with the house's options.</summary>
    public static ChatJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());

    /// <summary>Contracts that a converter of ours reads within another contract.</summary>
    internal static ChatJsonContext Of(JsonSerializerOptions options) => options.TypeInfoResolver as ChatJsonContext ?? Instance;
}
