using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Has a model generate: what <c>/api/chat</c> and <c>/api/generate</c> have in common, up to the end that only a done answer has.
/// One for each request, so that it can tell the request's facts.
/// </summary>
internal sealed class GenerationCall(OllamaTransport transport, ExchangeFacts facts, TimeProvider timeProvider)
{
    /// <summary>Waits for the whole answer.</summary>
    public async Task<T> AskAsync<T>(
        OllamaEndpoint endpoint, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : OllamaGenerationResponse
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            using var answer = await SendAsync(endpoint, body, cancellationToken);
            watch.FirstToken();
            var response = await answer.ReadAsync(type);
            ThrowIfFailed(response);
            return response.Done ? response : throw OllamaErrors.Incomplete();
        }
        finally
        {
            watch.Stop();
        }
    }

    /// <summary>Hands on each line as it comes; the last one is done.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        OllamaEndpoint endpoint, byte[] body, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : OllamaGenerationResponse
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            using var answer = await SendAsync(endpoint, body, cancellationToken);
            await foreach (var line in answer.ReadLinesAsync(type, cancellationToken))
            {
                ThrowIfFailed(line);
                watch.FirstToken();
                if (line.Done)
                {
                    watch.Stop();
                }

                yield return line;
                if (line.Done)
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

    private Task<OllamaAnswer> SendAsync(OllamaEndpoint endpoint, byte[] body, CancellationToken cancellationToken) =>
        transport.SendAsync(HttpMethod.Post, endpoint, body, facts.RequestId, cancellationToken);

    private static void ThrowIfFailed(OllamaGenerationResponse response)
    {
        if (response.Error is { } error)
        {
            throw OllamaErrors.FromStreamLine(error);
        }
    }
}
