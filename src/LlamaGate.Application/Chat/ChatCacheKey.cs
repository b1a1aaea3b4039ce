using System.Security.Cryptography;
using System.Text.Json;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Chat;

/// <summary>
/// What makes two chats the same question: every field of the request but those known to have no effect on the answer, so that a
/// field added later is part of the key until someone decides otherwise.
/// </summary>
internal static class ChatCacheKey
{
    /// <summary>Changes when answers of an older make must not be given any more.</summary>
    private const string Version = "chat:v1:";

    /// <summary>Objects, references and the key itself, beside the text.</summary>
    private const int Overhead = 1024;

    private static readonly ChatJsonContext CanonicalContext = CreateCanonicalContext();

    public static string Of(ChatCompletionRequest request)
    {
        var question = request with
        {
            MaxCompletionTokens = request.MaxCompletionTokens ?? request.MaxTokens,
            MaxTokens = null,
            Options = request.Options is { } options ? CanonicalJsonConverter.SortMembers(options) : null,
            Stream = null,
            StreamOptions = null,
            User = null,
            Metadata = null,
            Store = null,
            ServiceTier = null,
            PromptCacheKey = null,
            SafetyIdentifier = null,
            Modalities = null,
            Unknown = null,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(question, CanonicalContext.ChatCompletionRequest);
        return Version + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>Bytes of memory that an answer holds: its text is UTF-16 there.</summary>
    public static long SizeOf(ChatCompletion completion) =>
        Overhead + (sizeof(char) * (long)JsonSerializer.SerializeToUtf8Bytes(completion, ChatJsonContext.Instance.ChatCompletion).Length);

    private static ChatJsonContext CreateCanonicalContext()
    {
        var options = ContractSerialization.CreateOptions();
        options.Converters.Clear();
        options.Converters.Add(new CanonicalJsonConverter());
        return new ChatJsonContext(options);
    }
}
