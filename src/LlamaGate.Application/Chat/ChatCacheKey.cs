using LlamaGate.Application.Caching;
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

    private static readonly ChatJsonContext Canonical = new(QuestionHash.CreateOptions());

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
        return Version + QuestionHash.Of(question, Canonical.ChatCompletionRequest);
    }

    public static long SizeOf(ChatCompletion completion) => AnswerSize.Of(completion, ChatJsonContext.Instance.ChatCompletion);
}
