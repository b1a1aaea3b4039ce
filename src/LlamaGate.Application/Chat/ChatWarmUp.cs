using System.Text.Json;
using AutoMapper;
using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Chat;

/// <summary>Reads, checks and maps one small chat: what is compiled at its first use then is when the first caller comes.</summary>
internal sealed class ChatWarmUp(IValidator<ChatCompletionRequest> validator, IMapper mapper) : IWarmUp
{
    private static ReadOnlySpan<byte> Body => """
        {"model":"warm-up","messages":[{"role":"user","content":"Say hello"}],"temperature":0}
        """u8;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var contracts = ChatJsonContext.Instance;
        // Not null: the text is an object.
        var request = JsonSerializer.Deserialize(Body, contracts.ChatCompletionRequest)!;
        await validator.ValidateAsync(request, cancellationToken);
        var question = ChatMapping.ToDomain(request, mapper);
        _ = ChatCacheKey.Of(request);
        var answer = new ChatCompletion
        {
            Id = ChatIds.New(),
            Created = 0,
            Model = question.Model,
            Choices = [],
            Usage = mapper.Map<CompletionUsage>(new TokenUsage(PromptTokens: 1, CompletionTokens: 1)),
        };
        _ = JsonSerializer.SerializeToUtf8Bytes(answer, contracts.ChatCompletion);
    }
}
