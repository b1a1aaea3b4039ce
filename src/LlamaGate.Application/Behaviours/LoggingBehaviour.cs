using LlamaGate.Application.Abstractions;
using MediatR;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Behaviours;

/// <summary>
/// Stands outermost, so that the request log learns of every use case what it was about, also when it fails validation. The one
/// line for each request is written at the edge; what stands here is detail for DEBUG.
/// </summary>
internal sealed partial class LoggingBehaviour<TRequest, TResponse>(
    ExchangeFacts facts, TimeProvider timeProvider, ILogger<LoggingBehaviour<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        facts.Describe(request);
        var started = timeProvider.GetTimestamp();
        try
        {
            var response = await next();
            facts.TakeFrom(response);
            var elapsedMs = timeProvider.GetElapsedTime(started).TotalMilliseconds;
            LogEnded(typeof(TRequest).Name, elapsedMs);
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var elapsedMs = timeProvider.GetElapsedTime(started).TotalMilliseconds;
            LogCancelled(typeof(TRequest).Name, elapsedMs);
            throw;
        }
    }

    [LoggerMessage(EventId = 1000, EventName = "UseCaseEnded", Level = LogLevel.Debug, Message = "{UseCase} ended after {ElapsedMs:F1} ms")]
    private partial void LogEnded(string useCase, double elapsedMs);

    [LoggerMessage(EventId = 1001, EventName = "UseCaseCancelled", Level = LogLevel.Debug, Message = "{UseCase} was cancelled after {ElapsedMs:F1} ms")]
    private partial void LogCancelled(string useCase, double elapsedMs);
}
