using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>What calls will demand of a shared host.</summary>
internal static class CallDemands
{
    /// <param name="optionsAt">See <see cref="CallDemand.OptionsAt"/>.</param>
    public static CallDemand Of(ConversationRequest request, RequestContext context, int? optionsAt) => new()
    {
        TextBytes = BytesOf(request.Prompt),
        Images = request.Prompt is ChatPrompt prompt ? CountImages(prompt) : 0,
        MaxTokens = MaxTokensOf(request.Options),
        Context = request.Context,
        Priority = request.Priority is { } asked ? Lesser(asked, context.Principal.Priority) : null,
        HasTwoPasses = request is { Think: not null and not ThinkLevel.Off, Prompt: ChatPrompt { Format: not null } },
        Prefix = PrefixOf(request.Prompt),
        OptionsAt = optionsAt,
    };

    /// <param name="batch">Those of the request's inputs that this call has.</param>
    /// <param name="optionsAt">See <see cref="CallDemand.OptionsAt"/>.</param>
    public static CallDemand Of(EmbeddingRequest request, IReadOnlyList<string> batch, int? optionsAt) => new()
    {
        TextBytes = Limit(batch.Sum(text => (long)Encoding.UTF8.GetByteCount(text))),
        MaxTokens = 0,
        Context = request.Context,
        OptionsAt = optionsAt,
    };

    private static int BytesOf(Prompt prompt) => prompt switch
    {
        ChatPrompt chat => Limit(PromptSize.Of(chat)),
        TextPrompt text => Limit((long)Encoding.UTF8.GetByteCount(text.Text) + Encoding.UTF8.GetByteCount(text.Suffix ?? "")),
        _ => 0,
    };

    private static int CountImages(ChatPrompt prompt)
    {
        var images = 0;
        foreach (var message in prompt.Messages)
        {
            foreach (var part in message.Content)
            {
                images += part is ImagePart ? 1 : 0;
            }
        }

        return images;
    }

    /// <summary>Less than 1 means to Ollama: as many as the model likes.</summary>
    private static int? MaxTokensOf(GenerationOptions options) => options.MaxTokens
        ?? (options.Vendor is { ValueKind: JsonValueKind.Object } vendor && vendor.TryGetProperty("num_predict"u8, out var most)
            ? OptionNumbers.Positive(most)
            : null);

    private static long? PrefixOf(Prompt prompt)
    {
        var prefix = new PromptPrefix();
        if (prompt is ChatPrompt chat)
        {
            Add(prefix, chat);
        }
        else if (prompt is TextPrompt { Text.Length: >= PromptPrefix.Bytes / 4 } text)
        {
            prefix.AddText(Encoding.UTF8.GetBytes(text.Text[..Math.Min(text.Text.Length, PromptPrefix.Bytes)]));
        }

        return prefix.ToHash();
    }

    private static void Add(PromptPrefix prefix, ChatPrompt chat)
    {
        foreach (var tool in chat.Tools)
        {
            AddTool(prefix, tool.Name);
            AddTool(prefix, tool.Description);
            prefix.AddTool(tool.Parameters is { } parameters ? JsonMarshal.GetRawUtf8Value(parameters) : default);
        }

        foreach (var message in chat.Messages)
        {
            if (prefix.IsFull)
            {
                break;
            }

            prefix.BeginMessage([(byte)message.Role]);
            foreach (var part in message.Content)
            {
                prefix.AddText(part switch
                {
                    TextPart text => text.Text.Bytes.Span,
                    ImagePart image => image.Base64.Bytes.Span,
                    _ => default,
                });
            }
        }
    }

    private static void AddTool(PromptPrefix prefix, string? text) => prefix.AddTool(Encoding.UTF8.GetBytes(text ?? ""));

    private static KeyPriority Lesser(KeyPriority one, KeyPriority other) => one < other ? one : other;

    private static int Limit(long bytes) => (int)Math.Min(bytes, int.MaxValue);
}
