using LlamaGate.Application.Conversations;
using MediatR;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Logs at DEBUG how long use cases take. The one line per request is written by the API layer. It is the outermost behaviour, so that
/// it also sees requests that validation refuses.
/// </summary>
internal sealed partial class LoggingBehaviour<TRequest, TResponse>(
    TimeProvider timeProvider, ILogger<LoggingBehaviour<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        logger.IsEnabled(LogLevel.Debug) ? LogAsync(next, cancellationToken) : next();

    private async Task<TResponse> LogAsync(RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            var response = await next();
            if (response is ConversationStream stream)
            {
                // It ends when its reader leaves, which happens later.
                stream.Ended += () => LogEnded(started);
            }
            else
            {
                LogEnded(started);
            }

            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var elapsedMs = timeProvider.GetElapsedTime(started).TotalMilliseconds;
            LogCancelled(typeof(TRequest).Name, elapsedMs);
            throw;
        }
    }

    private void LogEnded(long started)
    {
        var elapsedMs = timeProvider.GetElapsedTime(started).TotalMilliseconds;
        LogEnded(typeof(TRequest).Name, elapsedMs);
    }

    [LoggerMessage(EventId = 1000, EventName = "UseCaseEnded", Level = LogLevel.Debug, Message = "{UseCase} ended after {ElapsedMs:F1} ms")]
    private partial void LogEnded(string useCase, double elapsedMs);

    [LoggerMessage(EventId = 1001, EventName = "UseCaseCancelled", Level = LogLevel.Debug, Message = "{UseCase} was cancelled after {ElapsedMs:F1} ms")]
    private partial void LogCancelled(string useCase, double elapsedMs);
}
