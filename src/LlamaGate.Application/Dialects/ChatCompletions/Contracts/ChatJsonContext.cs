using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>Source-generated reading and writing of the chat contracts.</summary>
/// <remarks>The options here are <see cref="ContractSerialization.CreateOptions"/>'s, for <see cref="Write"/>, which has them compiled in.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatCompletionChunk))]
[JsonSerializable(typeof(IReadOnlyList<MessageContentPart>))]
[JsonSerializable(typeof(ImageUrlParam))]
public sealed partial class ChatJsonContext : JsonSerializerContext
{
    /// <summary>The context with this project's options.</summary>
    public static ChatJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());

    /// <summary>
    /// The generated writer itself. The serializer uses it only with options that have no encoder, and else asks a converter for each
    /// member, which takes longer; here the encoder is the writer's (<see cref="ContractSerialization.WriterOptions"/>).
    /// </summary>
    public static Action<Utf8JsonWriter, ChatCompletion> Write { get; } =
        Instance.ChatCompletionSerializeHandler;

    /// <summary>Contracts that a converter of ours reads within another contract.</summary>
    internal static ChatJsonContext Of(JsonSerializerOptions options) => options.TypeInfoResolver as ChatJsonContext ?? Instance;
}
