using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Completions;
using MediatR;

namespace LlamaGate.Application.Completions;

/// <summary>Has prompts answered and waits for the whole answers.</summary>
public sealed record CreateCompletionCommand(CreateCompletionRequest Body)
    : IRequest<Completion>, IValidatedRequest<CreateCompletionRequest>, IDescribedRequest, ICacheableRequest<Completion>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => false;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => CompletionMapping.IgnoredFields(Body);

    string ICacheableRequest<Completion>.ComputeCacheKey() => CompletionCacheKey.Of(Body);

    long ICacheableRequest<Completion>.SizeOf(Completion response) => CompletionCacheKey.SizeOf(response);
}

internal sealed class CreateCompletionHandler(
    ICompletionClient client, ModelAliases aliases, IMapper mapper, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<CreateCompletionCommand, Completion>
{
    public async Task<Completion> Handle(CreateCompletionCommand request, CancellationToken cancellationToken)
    {
        var question = CompletionMapping.ToQuestion(request.Body, aliases, mapper);
        var answers = await question.AskAsync(client, cancellationToken);
        facts.Timings = answers[0].Timings;
        var usage = new CompletionUsageCounter(question.Prompts.Count);
        for (var call = 0; call < answers.Count; call++)
        {
            usage.Add(question.PromptOf(call), answers[call].Usage);
        }

        var template = CompletionMapping.ToTemplate(
            request.Body, new ChunkUsage(mapper.Map<CompletionUsage>(usage.Total)), timeProvider);
        return template with { Choices = ToChoices(request.Body, question, answers) };
    }

    private static List<CompletionChoice> ToChoices(
        CreateCompletionRequest body, CompletionQuestion question, IReadOnlyList<GenerateUpdate> answers)
    {
        var choices = new List<CompletionChoice>(question.Prompts.Count * question.Choices);
        foreach (var candidates in answers.Chunk(question.Candidates))
        {
            var prompt = question.Prompts[choices.Count / question.Choices].Prompt;
            foreach (var answer in BestOf.Select(candidates, question.Choices))
            {
                choices.Add(CompletionMapping.ToChoice(body, prompt, choices.Count, answer));
            }
        }

        return choices;
    }
}
