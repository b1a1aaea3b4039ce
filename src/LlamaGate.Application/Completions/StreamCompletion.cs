using System.Runtime.CompilerServices;
using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Application.Completions;

/// <summary>Has prompts answered and hands on the answers piece by piece.</summary>
public sealed record StreamCompletionCommand(CreateCompletionRequest Body)
    : IRequest<IAsyncEnumerable<Completion>>, IValidatedRequest<CreateCompletionRequest>, IDescribedRequest,
        IReplayableRequest<Completion, Completion>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => true;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => CompletionMapping.IgnoredFields(Body);

    string ICacheableRequest<Completion>.ComputeCacheKey() => CompletionCacheKey.Of(Body);

    long ICacheableRequest<Completion>.SizeOf(Completion response) => CompletionCacheKey.SizeOf(response);

    IEnumerable<Completion> IReplayableRequest<Completion, Completion>.Replay(Completion answer) =>
        CompletionReplay.ToChunks(answer, IncludesUsage);

    IStreamAssembler<Completion, Completion> IReplayableRequest<Completion, Completion>.CreateAssembler() => new CompletionAssembler();

    internal bool IncludesUsage => Body.StreamOptions?.IncludeUsage is true;
}

internal sealed class StreamCompletionHandler(
    ICompletionClient client, ModelAliases aliases, IMapper mapper, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<StreamCompletionCommand, IAsyncEnumerable<Completion>>
{
    public Task<IAsyncEnumerable<Completion>> Handle(StreamCompletionCommand request, CancellationToken cancellationToken) =>
        Task.FromResult(StreamAsync(request, cancellationToken));

    private async IAsyncEnumerable<Completion> StreamAsync(
        StreamCompletionCommand request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var question = CompletionMapping.ToQuestion(request.Body, aliases, mapper);
        var template = CompletionMapping.ToTemplate(
            request.Body, request.IncludesUsage ? new ChunkUsage(null) : default, timeProvider);
        var sequences = ToSequences(request.Body, question, template);
        var usage = new CompletionUsageCounter(question.Prompts.Count);
        var chunks = new List<Completion>();
        await foreach (var (call, update) in question.StreamAsync(client, cancellationToken))
        {
            usage.Add(question.PromptOf(call), update.Usage);
            facts.Usage = update.Usage is null ? facts.Usage : usage.Total;
            facts.Timings ??= update.Timings;
            chunks.Clear();
            sequences[call].Append(update, chunks);
            foreach (var chunk in chunks)
            {
                yield return chunk;
            }
        }

        if (request.IncludesUsage)
        {
            yield return template with { Usage = new ChunkUsage(mapper.Map<CompletionUsage>(usage.Total)) };
        }
    }

    /// <summary>One for each call: what is streamed has as many candidates as choices, so a call's number is its choice's.</summary>
    private static CompletionChunkSequence[] ToSequences(CreateCompletionRequest body, CompletionQuestion question, Completion template)
    {
        var sequences = new CompletionChunkSequence[question.Prompts.Count * question.Choices];
        for (var choice = 0; choice < sequences.Length; choice++)
        {
            var echo = body.Echo is true ? question.Prompts[question.PromptOf(choice)].Prompt : null;
            sequences[choice] = new CompletionChunkSequence(template, choice, echo, body.Logprobs);
        }

        return sequences;
    }
}
