using System.Runtime.CompilerServices;
using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;
using MediatR;

namespace LlamaGate.Application.Chat;

/// <summary>Asks a model and hands on its answer piece by piece. The stream is the response, so one pipeline serves both kinds.</summary>
public sealed record StreamChatCompletionCommand(ChatCompletionRequest Body)
    : IRequest<IAsyncEnumerable<ChatCompletionChunk>>, IValidatedRequest<ChatCompletionRequest>, IDescribedRequest
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => true;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => ChatIgnoredFields.Of(Body);
}

internal sealed class StreamChatCompletionHandler(
    IOllamaClient ollama, IMapper mapper, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<StreamChatCompletionCommand, IAsyncEnumerable<ChatCompletionChunk>>
{
    public Task<IAsyncEnumerable<ChatCompletionChunk>> Handle(
        StreamChatCompletionCommand request, CancellationToken cancellationToken) =>
        Task.FromResult(StreamAsync(request.Body, cancellationToken));

    private async IAsyncEnumerable<ChatCompletionChunk> StreamAsync(
        ChatCompletionRequest body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var includeUsage = body.StreamOptions?.IncludeUsage is true;
        var template = new ChatCompletionChunk
        {
            Id = ChatIds.New(),
            Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Model = body.Model!,
            Choices = [],
            Usage = includeUsage ? new ChunkUsage(null) : default,
        };
        var sequence = new ChatChunkSequence(template, choice: 0, AnswerForm.Of(body));
        var chunks = new List<ChatCompletionChunk>();
        TokenUsage? usage = null;
        await foreach (var update in ollama.StreamChatAsync(ChatMapping.ToDomain(body, mapper), cancellationToken))
        {
            usage = update.Usage ?? usage;
            facts.Usage = usage;
            chunks.Clear();
            sequence.Append(update, chunks);
            foreach (var chunk in chunks)
            {
                yield return chunk;
            }
        }

        if (includeUsage)
        {
            yield return template with { Usage = new ChunkUsage(mapper.Map<CompletionUsage>(usage)) };
        }
    }
}
