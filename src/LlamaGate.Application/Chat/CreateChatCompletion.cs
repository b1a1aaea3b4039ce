using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;
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

internal sealed class CreateChatCompletionHandler(
    IOllamaClient ollama, ChatQuestionFactory questions, IMapper mapper, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<CreateChatCompletionCommand, ChatCompletion>
{
    public async Task<ChatCompletion> Handle(CreateChatCompletionCommand request, CancellationToken cancellationToken)
    {
        var question = await questions.CreateAsync(request.Body, cancellationToken);
        var answers = await FanOut.AllAsync(
            question.Choices, (choice, token) => question.AskAsync(ollama, choice, token), cancellationToken);
        var usage = Sum(answers);
        facts.Timings = answers[0].Timings;
        return new ChatCompletion
        {
            Id = ChatIds.New(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Model = request.Body.Model!,
            Choices = [.. answers.Select((answer, choice) => ChatAnswerMapping.ToChoice(answer, choice, question.Form))],
            Usage = mapper.Map<CompletionUsage>(usage),
            IgnoredFields = facts.IgnoredFields,
        };
    }

    /// <summary>All choices were asked the same, so the prompt counts once.</summary>
    private static TokenUsage Sum(IReadOnlyList<ChatUpdate> answers) =>
        new(answers[0].Usage?.PromptTokens ?? 0, answers.Sum(answer => answer.Usage?.CompletionTokens ?? 0));
}
