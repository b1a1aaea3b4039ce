using System.Runtime.CompilerServices;
using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;
using MediatR;

namespace LlamaGate.Application.Chat;

/// <summary>Asks a model and hands on its answer piece by piece. The stream is the response, so one pipeline serves both kinds.</summary>
public sealed record StreamChatCompletionCommand(ChatCompletionRequest Body)
    : IRequest<IAsyncEnumerable<ChatCompletionChunk>>, IValidatedRequest<ChatCompletionRequest>, IDescribedRequest,
        IReplayableRequest<ChatCompletionChunk, ChatCompletion>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => true;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => ChatIgnoredFields.Of(Body);

    string ICacheableRequest<ChatCompletion>.ComputeCacheKey() => ChatCacheKey.Of(Body);

    long ICacheableRequest<ChatCompletion>.SizeOf(ChatCompletion response) => ChatCacheKey.SizeOf(response);

    IEnumerable<ChatCompletionChunk> IReplayableRequest<ChatCompletionChunk, ChatCompletion>.Replay(ChatCompletion answer) =>
        ChatReplay.ToChunks(answer, IncludesUsage);

    IStreamAssembler<ChatCompletionChunk, ChatCompletion> IReplayableRequest<ChatCompletionChunk, ChatCompletion>.CreateAssembler() =>
        new ChatAssembler();

    internal bool IncludesUsage => Body.StreamOptions?.IncludeUsage is true;
}

internal sealed class StreamChatCompletionHandler(
    IOllamaClient ollama, ChatQuestionFactory questions, IMapper mapper, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<StreamChatCompletionCommand, IAsyncEnumerable<ChatCompletionChunk>>
{
    public async Task<IAsyncEnumerable<ChatCompletionChunk>> Handle(
        StreamChatCompletionCommand request, CancellationToken cancellationToken)
    {
        var question = await questions.CreateAsync(request.Body, cancellationToken);
        return StreamAsync(request, question, cancellationToken);
    }

    private async IAsyncEnumerable<ChatCompletionChunk> StreamAsync(
        StreamChatCompletionCommand request, ChatQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var template = new ChatCompletionChunk
        {
            Id = ChatIds.New(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Model = request.Body.Model!,
            Usage = request.IncludesUsage ? new ChunkUsage(null) : default,
        };
        var sequences = new ChatChunkSequence[question.Choices];
        for (var choice = 0; choice < sequences.Length; choice++)
        {
            sequences[choice] = new ChatChunkSequence(template, choice, question.Form);
        }

        var chunks = new List<ChatCompletionChunk>();
        var updates = FanOut.MergeAsync(
            question.Choices, (choice, token) => question.StreamAsync(ollama, choice, token), cancellationToken);
        await foreach (var (choice, update) in updates)
        {
            Count(update.Usage);
            facts.Timings ??= update.Timings;
            chunks.Clear();
            sequences[choice].Append(update, chunks);
            foreach (var chunk in chunks)
            {
                yield return chunk;
            }
        }

        if (request.IncludesUsage)
        {
            yield return template with { Usage = new ChunkUsage(mapper.Map<CompletionUsage>(facts.Usage)) };
        }
    }

    /// <summary>All choices were asked the same, so the prompt counts once.</summary>
    private void Count(TokenUsage? usage)
    {
        if (usage is not null)
        {
            facts.Usage = new TokenUsage(usage.PromptTokens, (facts.Usage?.CompletionTokens ?? 0) + usage.CompletionTokens);
        }
    }
}
