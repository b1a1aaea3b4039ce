using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Retries a call once when its runner died, or its connection broke, before Ollama had answered: Ollama then reloads the model. It is
/// the innermost wrapper, so that the wrappers around it count both tries as one call. It never retries after Ollama has begun to
/// answer, since the caller may have read a part, and never tries a third time, since the call itself may be what kills the runner.
/// </summary>
internal sealed partial class RetryingCalls(IUpstreamCalls calls, ILogger<RetryingCalls> logger) : IUpstreamCalls
{
    public async Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.StartAsync(call, cancellationToken);
        }
        catch (GatewayException failure)
            when (OllamaErrors.MaySucceedAtOnce(failure) && !cancellationToken.IsCancellationRequested)
        {
            LogRetried(call.Endpoint, failure.Error, call.Context.RequestId);
        }

        return await calls.StartAsync(call, cancellationToken);
    }

    [LoggerMessage(EventId = 2001, EventName = "CallRetried", Level = LogLevel.Information,
        Message = "The call to {Endpoint} for request {RequestId} is retried: {Error} before Ollama answered")]
    private partial void LogRetried(UpstreamEndpoint endpoint, GatewayError error, string? requestId);
}
