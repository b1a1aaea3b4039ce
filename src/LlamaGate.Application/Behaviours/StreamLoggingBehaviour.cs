using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using MediatR;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Behaviours;

/// <summary>What <see cref="LoggingBehaviour{TRequest,TResponse}"/> is for a plain answer, for one that is a stream: it ends when the stream does.</summary>
internal sealed partial class StreamLoggingBehaviour<TRequest, TChunk>(
    ExchangeFacts facts, TimeProvider timeProvider, ILogger<StreamLoggingBehaviour<TRequest, TChunk>> logger)
    : IPipelineBehavior<TRequest, IAsyncEnumerable<TChunk>>
    where TRequest : IRequest<IAsyncEnumerable<TChunk>>
{
    public async Task<IAsyncEnumerable<TChunk>> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<IAsyncEnumerable<TChunk>> next)
    {
        facts.Describe(request);
        var chunks = await next();
        // Watching costs a state machine per chunk, which is paid only where someone reads of it.
        return logger.IsEnabled(LogLevel.Debug) ? Watch(chunks, cancellationToken) : chunks;
    }

    private async IAsyncEnumerable<TChunk> Watch(
        IAsyncEnumerable<TChunk> chunks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var count = 0;
        var complete = false;
        try
        {
            await foreach (var chunk in chunks.WithCancellation(cancellationToken))
            {
                count++;
                yield return chunk;
            }

            complete = true;
        }
        finally
        {
            var elapsedMs = timeProvider.GetElapsedTime(started).TotalMilliseconds;
            LogStreamEnded(typeof(TRequest).Name, complete, count, elapsedMs);
        }
    }

    [LoggerMessage(
        EventId = 1002,
        EventName = "StreamEnded",
        Level = LogLevel.Debug,
        Message = "{UseCase} ended (complete: {Complete}) after {Chunks} chunks in {ElapsedMs:F1} ms")]
    private partial void LogStreamEnded(string useCase, bool complete, int chunks, double elapsedMs);
}
