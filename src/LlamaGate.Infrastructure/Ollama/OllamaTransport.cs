using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Sends requests to Ollama over one connection pool and turns every failure into a <see cref="GatewayException"/>.</summary>
internal sealed class OllamaTransport
{
    private readonly HttpMessageInvoker _http;
    private readonly OllamaAddress _address;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;

    // The invoker and not HttpClient: that one has a timeout over the whole exchange and buffers, and neither is wanted here.
    public OllamaTransport(HttpMessageInvoker http, OllamaOptions options, TimeProvider timeProvider)
    {
        _http = http;
        _address = new OllamaAddress(options);
        _timeout = options.Timeout;
        _timeProvider = timeProvider;
    }

    /// <summary>Sends a request and returns when Ollama has answered it with success. Ollama answers at its first token.</summary>
    /// <param name="body">Null for GET. Is disposed here, as soon as it is on its way.</param>
    /// <param name="requestId">Goes upstream as X-Request-ID.</param>
    public async Task<OllamaAnswer> SendAsync(
        HttpMethod method, OllamaEndpoint endpoint, UpstreamBody? body, string? requestId, CancellationToken cancellationToken)
    {
        var idle = new IdleTimeout(_timeout, _timeProvider, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            using var request = CreateRequest(method, endpoint, body, requestId);
            idle.Arm();
            response = await _http.SendAsync(request, idle.Token);
            idle.Disarm();
            body?.Dispose();
            var answer = new OllamaAnswer(response, await response.Content.ReadAsStreamAsync(idle.Token), idle);
            if (!response.IsSuccessStatusCode || OllamaErrors.IsWebPage(response))
            {
                throw await answer.ReadErrorAsync(endpoint);
            }

            return answer;
        }
        catch (Exception exception)
        {
            body?.Dispose();
            response?.Dispose();
            idle.Dispose();
            if (OllamaErrors.FromTransport(exception, idle) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, OllamaEndpoint endpoint, UpstreamBody? body, string? requestId)
    {
        var request = new HttpRequestMessage(method, _address.Resolve(endpoint.Path));
        request.Headers.Authorization = _address.Authorization;
        if (requestId is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Request-ID", requestId);
        }

        if (body is not null)
        {
            request.Content = new ReadOnlyMemoryContent(body.Json);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        return request;
    }
}
