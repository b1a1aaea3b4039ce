using System.Text.Json;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// A text that is equal for two batches exactly when they send the same to the same model: everything that is sent upstream, and how
/// often. The format in which a caller wants the answer is not part of it.
/// </summary>
internal static class ConversationKey
{
    /// <summary>Change it when answers cached by an older version must no longer be returned.</summary>
    private const string Version = "v2:";

    public static string Of(ConversationBatch batch)
    {
        using var key = new KeyHash();
        key.Add(batch.Choices);
        key.Add(batch.Candidates);
        key.Add(batch.Requests.Count);
        foreach (var request in batch.Requests)
        {
            Add(key, request);
        }

        return Version + key.ToText();
    }

    private static void Add(KeyHash key, ConversationRequest request)
    {
        key.Add(request.Model);
        Add(key, request.Options);
        key.Add((int?)request.Think);
        // Only where thinking is asked for can it fail.
        key.Add(request.IsThinkOptional && request.Think is not (null or ThinkLevel.Off));
        key.Add(request.KeepAlive);
        key.Add(request.Logprobs);
        key.Add(request.TopLogprobs);
        switch (request.Prompt)
        {
            case ChatPrompt chat:
                Add(key, chat);
                break;
            case TextPrompt text:
                key.Add(text.Text);
                key.Add(text.Suffix);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), "This kind of prompt has no key.");
        }
    }

    private static void Add(KeyHash key, GenerationOptions options)
    {
        key.Add(options.Temperature);
        key.Add(options.TopP);
        key.Add(options.Seed);
        key.Add(options.FrequencyPenalty);
        key.Add(options.PresencePenalty);
        key.Add(options.MaxTokens);
        // An empty list is a value: it overrides the Modelfile's.
        key.Add(options.Stop?.Count);
        foreach (var stop in options.Stop ?? [])
        {
            key.Add(stop);
        }

        key.Add(options.Vendor is { } vendor ? CanonicalJsonConverter.SortMembers(vendor) : (JsonElement?)null);
    }

    private static void Add(KeyHash key, ChatPrompt chat)
    {
        key.Add(chat.MustCall);
        key.Add(chat.Format is not null);
        key.Add(chat.Format?.Schema);
        key.Add(chat.Tools.Count);
        foreach (var tool in chat.Tools)
        {
            key.Add(tool.Name);
            key.Add(tool.Description);
            key.Add(tool.Parameters);
        }

        key.Add(chat.Messages.Count);
        foreach (var message in chat.Messages)
        {
            Add(key, message);
        }
    }

    private static void Add(KeyHash key, Message message)
    {
        key.Add((int)message.Role);
        key.Add(message.Thinking);
        key.Add(message.ToolCallId);
        key.Add(message.ToolName);
        key.Add(message.Content.Count);
        foreach (var part in message.Content)
        {
            key.Add(part is ImagePart);
            key.Add(part is ImagePart { IsOptional: true });
            key.Add(part switch
            {
                TextPart text => text.Text.Bytes.Span,
                ImagePart image => image.Base64.Bytes.Span,
                _ => throw new ArgumentOutOfRangeException(nameof(message), "This kind of part has no key."),
            });
        }

        key.Add(message.ToolCalls.Count);
        foreach (var call in message.ToolCalls)
        {
            key.Add(call.Id);
            key.Add(call.Name);
            key.Add(call.Arguments);
        }
    }
}
