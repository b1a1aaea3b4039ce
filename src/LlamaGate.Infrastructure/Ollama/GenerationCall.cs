using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Has a model generate: what <c>/api/chat</c> and <c>/api/generate</c> have in common, up to the end that only a done answer has.
/// One for each request, so that it can tell the request's facts.
/// </summary>
internal sealed class GenerationCall(OllamaTransport transport, ExchangeFacts facts, TimeProvider timeProvider)
{
    /// <summary>Waits for the whole answer.</summary>
    /// <param name="body">Is disposed here.</param>
    public async Task<T> AskAsync<T>(
        OllamaEndpoint endpoint, UpstreamBody body, JsonReading<T> read, CancellationToken cancellationToken)
        where T : class, IGenerationUpdate
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            using var answer = await SendAsync(endpoint, body, cancellationToken);
            watch.FirstToken();
            var response = await answer.ReadAsync(read);
            return response.IsDone ? response : throw OllamaErrors.Incomplete();
        }
        finally
        {
            watch.Stop();
        }
    }

    /// <summary>Hands on each line as it comes; the last one is done.</summary>
    /// <param name="body">Is disposed here.</param>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        OllamaEndpoint endpoint, UpstreamBody body, JsonReading<T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IGenerationUpdate
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            using var answer = await SendAsync(endpoint, body, cancellationToken);
            await foreach (var line in answer.ReadLinesAsync(read, cancellationToken))
            {
                watch.FirstToken();
                if (line.IsDone)
                {
                    watch.Stop();
                }

                yield return line;
                if (line.IsDone)
                {
                    await answer.ReadEndAsync();
                    yield break;
                }
            }

            throw OllamaErrors.Incomplete();
        }
        finally
        {
            watch.Stop();
        }
    }

    private Task<OllamaAnswer> SendAsync(OllamaEndpoint endpoint, UpstreamBody body, CancellationToken cancellationToken) =>
        transport.SendAsync(HttpMethod.Post, endpoint, body, facts.RequestId, cancellationToken);
}
