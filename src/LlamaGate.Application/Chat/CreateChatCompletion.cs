using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation.Contracts;
using MediatR;

namespace LlamaGate.Application.Chat;

/// <summary>Asks a model and waits for the whole answer.</summary>
public sealed record CreateChatCompletionCommand(ChatCompletionRequest Body)
    : IRequest<ChatCompletion>, IValidatedRequest<ChatCompletionRequest>, IDescribedRequest, ICacheableRequest<ChatCompletion>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => false;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => ChatIgnoredFields.Of(Body);

    string ICacheableRequest<ChatCompletion>.ComputeCacheKey() => ChatCacheKey.Of(Body);

    long ICacheableRequest<ChatCompletion>.SizeOf(ChatCompletion response) => ChatCacheKey.SizeOf(response);
}

internal sealed class CreateChatCompletionHandler(IOllamaClient ollama, IMapper mapper, TimeProvider timeProvider)
    : IRequestHandler<CreateChatCompletionCommand, ChatCompletion>
{
    public async Task<ChatCompletion> Handle(CreateChatCompletionCommand request, CancellationToken cancellationToken)
    {
        var form = AnswerForm.Of(request.Body);
        var answer = await ollama.ChatAsync(ChatMapping.ToDomain(request.Body, mapper), cancellationToken);
        var message = ChatAnswerMapping.ToMessage(answer, form);
        return new ChatCompletion
        {
            Id = ChatIds.New(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Model = request.Body.Model!,
            Choices =
            [
                new ChatCompletionChoice
                {
                    Index = 0,
                    Message = message,
                    Logprobs = ChatAnswerMapping.ToLogprobs(answer.Logprobs),
                    FinishReason = ChatAnswerMapping.ToFinishReason(
                        answer.FinishReason, message.ToolCalls is not null || message.FunctionCall is not null, form),
                },
            ],
            Usage = mapper.Map<CompletionUsage>(answer.Usage),
        };
    }
}
