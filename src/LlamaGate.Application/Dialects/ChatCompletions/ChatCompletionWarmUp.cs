using System.Text.Json;
using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// Reads, checks, maps and writes one small chat: otherwise this code would be compiled during the first request.
/// </summary>
internal sealed class ChatCompletionWarmUp(
    IValidator<ChatCompletionRequest> validator, DomainMapper mapper, TimeProvider timeProvider) : IWarmUp
{
    private static ReadOnlySpan<byte> Body => """
        {"model":"warm-up","messages":[{"role":"user","content":"Say hello"}],"temperature":0}
        """u8;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Not null: the text is an object.
        var request = JsonSerializer.Deserialize(Body, ChatJsonContext.Instance.ChatCompletionRequest)!;
        await validator.ValidateAsync(request, cancellationToken);
        _ = ConversationKey.Of(ChatCompletionMapping.ToBatch(request, mapper));
        var choice = new AnswerChoice("Hello", Thinking: null, ToolCalls: [], Logprobs: null, FinishReason.Stop);
        var answer = new ConversationAnswer([choice], new TokenUsage(PromptTokens: 1, CompletionTokens: 1), Timings: null);
        using var json = new Utf8JsonWriter(Stream.Null, Serialization.ContractSerialization.WriterOptions);
        new ChatCompletionWriter(request, timeProvider).Write(json, answer);
    }
}
