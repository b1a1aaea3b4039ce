using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Domain.Generation;
using MediatR;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Replays a kept answer as a stream, and keeps a stream that ran to its end; one that was abandoned or failed is not kept. It
/// stands innermost, as for plain answers, with which it shares the keys.
/// </summary>
internal sealed class StreamCachingBehaviour<TRequest, TChunk, TAnswer>(TolerantCache cache, ExchangeFacts facts)
    : IPipelineBehavior<TRequest, IAsyncEnumerable<TChunk>>
    where TRequest : IRequest<IAsyncEnumerable<TChunk>>, IReplayableRequest<TChunk, TAnswer>
    where TAnswer : class
{
    public async Task<IAsyncEnumerable<TChunk>> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<IAsyncEnumerable<TChunk>> next)
    {
        facts.Cache = CacheOutcome.Bypass;
        if (!cache.IsEnabled)
        {
            return await next();
        }

        var key = request.ComputeCacheKey();
        if (await cache.FindAsync<TAnswer>(key, facts, cancellationToken) is { } kept)
        {
            facts.TakeFrom(kept);
            return ReplayAsync(request.Replay(kept));
        }

        var chunks = await next();
        return facts.CacheDirectives.HasFlag(CacheDirectives.NoStore)
            ? chunks
            : KeepAsync(request, key, chunks, cancellationToken);
    }

    private async IAsyncEnumerable<TChunk> KeepAsync(
        TRequest request, string key, IAsyncEnumerable<TChunk> chunks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var assembler = request.CreateAssembler();
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            assembler.Add(chunk);
            yield return chunk;
        }

        var answer = assembler.Complete(facts.Usage ?? new TokenUsage(0, 0), facts.IgnoredFields);
        await cache.StoreAsync(key, answer, request, facts, cancellationToken);
    }

#pragma warning disable CS1998 // An asynchronous stream of what is at hand has nothing to wait for.
    private static async IAsyncEnumerable<TChunk> ReplayAsync(IEnumerable<TChunk> chunks)
#pragma warning restore CS1998
    {
        foreach (var chunk in chunks)
        {
            yield return chunk;
        }
    }
}
