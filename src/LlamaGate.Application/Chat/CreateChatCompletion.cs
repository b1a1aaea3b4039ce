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
        // One is what nearly all ask for, and to wait for one takes a step less.
        IReadOnlyList<ChatUpdate> answers = question.Choices == 1
            ? [await question.AskAsync(ollama, 0, cancellationToken)]
            : await AskAllAsync(question, cancellationToken);
        facts.Timings = answers[0].Timings;
        return new ChatCompletion
        {
            Id = ChatIds.New(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Model = request.Body.Model!,
            Choices = ToChoices(answers, question.Form),
            Usage = mapper.Map<CompletionUsage>(Sum(answers)),
            IgnoredFields = facts.IgnoredFields,
        };
    }

    private Task<IReadOnlyList<ChatUpdate>> AskAllAsync(ChatQuestion question, CancellationToken cancellationToken) =>
        FanOut.AllAsync(question.Choices, (choice, token) => question.AskAsync(ollama, choice, token), cancellationToken);

    private static ChatCompletionChoice[] ToChoices(IReadOnlyList<ChatUpdate> answers, AnswerForm form)
    {
        var choices = new ChatCompletionChoice[answers.Count];
        for (var choice = 0; choice < choices.Length; choice++)
        {
            choices[choice] = ChatAnswerMapping.ToChoice(answers[choice], choice, form);
        }

        return choices;
    }

    /// <summary>All choices were asked the same, so the prompt counts once.</summary>
    private static TokenUsage Sum(IReadOnlyList<ChatUpdate> answers) =>
        new(answers[0].Usage?.PromptTokens ?? 0, answers.Sum(answer => answer.Usage?.CompletionTokens ?? 0));
}
