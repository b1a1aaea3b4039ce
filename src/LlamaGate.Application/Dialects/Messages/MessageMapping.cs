using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Anthropic's request → the domain's. The request is valid.</summary>
internal static class MessageMapping
{
    public static ConversationBatch ToBatch(CreateMessageRequest request, DomainMapper mapper)
    {
        if (MessageTools.IsSearchOnly(request))
        {
            return ConversationBatch.Unasked(mapper.ToModel(request.Model!));
        }

        return new ConversationBatch(new ConversationRequest(mapper.ToModel(request.Model!), ToPrompt(request), ToOptions(request))
        {
            Think = ToThinkLevel(request),
            // Clients send it to every model.
            IsThinkOptional = true,
            KeepAlive = request.KeepAlive,
        });
    }

    public static ChatPrompt ToPrompt(MessagePrompt request) => new(NothingLeft.Check(MessageHistory.ToMessages(request), "messages"))
    {
        Tools = MessageTools.Offered(request),
        MustCall = ToolChoiceMapping.MustCall(MessageTools.Choice(request)),
        Format = request.OutputConfig?.Format is { } format ? new ResponseFormat(format.Schema) : null,
    };

    private static GenerationOptions ToOptions(CreateMessageRequest request) => new()
    {
        Temperature = request.Temperature,
        TopP = request.TopP,
        MaxTokens = request.MaxTokens,
        Stop = request.StopSequences,
        Vendor = request.TopK is { } topK ? WithTopK(request.Options, topK) : request.Options,
    };

    /// <summary>Anthropic's models do not think unless they are asked to.</summary>
    private static ThinkLevel ToThinkLevel(CreateMessageRequest request) => MessageForm.Of(request).ShowsThinking
        ? ThinkMapping.ToThinkLevel(think: null, request.OutputConfig?.Effort) ?? ThinkLevel.On
        : ThinkLevel.Off;

    /// <summary>Ollama knows it as an option only.</summary>
    private static JsonElement WithTopK(JsonElement? options, int topK)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("top_k"u8, topK);
            foreach (var option in options?.EnumerateObject().Where(option => !option.NameEquals("top_k"u8)) ?? [])
            {
                option.WriteTo(json);
            }

            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, ContractSerialization.ReaderOptions);
        return JsonElement.ParseValue(ref reader);
    }
}
