using System.Buffers;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Sends calls over one connection pool and turns every failure into a <see cref="GatewayException"/>.
/// </summary>
internal sealed class UpstreamCalls(
    HttpMessageInvoker http, OllamaHost host, OllamaOptions options, TimeProvider timeProvider) : IUpstreamCalls
{
    // The invoker instead of HttpClient, which buffers and has a timeout for the whole exchange. Neither is wanted.
    public async Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var idle = new IdleTimeout(options.Timeout, timeProvider, cancellationToken, call.Break);
        HttpResponseMessage? response = null;
        try
        {
            using var request = CreateRequest(call);
            idle.Arm();
            response = await http.SendAsync(request, idle.Token);
            idle.Disarm();
            // The connection keeps the request until the answer ends, and the request would keep the array of its body as long.
            request.Content = null;
            var answer = new OllamaAnswer(response, await response.Content.ReadAsStreamAsync(idle.Token), idle);
            if (!response.IsSuccessStatusCode || OllamaErrors.IsWebPage(response))
            {
                throw await ReadErrorAsync(answer, response, call, cancellationToken);
            }

            return answer;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            idle.Dispose();
            if (OllamaErrors.FromTransport(exception, idle) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    private static async Task<GatewayException> ReadErrorAsync(
        OllamaAnswer answer, HttpResponseMessage response, UpstreamCall call, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await answer.ReadToEndAsync(cancellationToken);
            var failure = OllamaErrors.FromStatus(response, new ReadOnlySequence<byte>(body.Memory), call.Endpoint);
            failure.UpstreamWords = call.PassesErrors ? OllamaErrorWords.Of((int)response.StatusCode, body.Memory) : null;
            return failure;
        }
        catch (GatewayException broken) when (broken.Error is not GatewayError.UpstreamTimeout)
        {
            // Ollama has answered: its status says more than the broken connection, and the call must not be sent again.
            return OllamaErrors.FromStatus(response, body: null, call.Endpoint);
        }
    }

    private HttpRequestMessage CreateRequest(UpstreamCall call)
    {
        var request = new HttpRequestMessage(call.Endpoint.Method(), host.Resolve(call.Endpoint.Path(), call.Item));
        request.Headers.Authorization = host.Authorization;
        if (call.Context.RequestId is { } id)
        {
            request.Headers.TryAddWithoutValidation("X-Request-ID", id);
        }

        if ((call.Trace ?? call.Context.Trace) is { } trace)
        {
            request.Headers.TryAddWithoutValidation("traceparent", trace.Parent);
            if (trace.State is { } state)
            {
                request.Headers.TryAddWithoutValidation("tracestate", state);
            }
        }

        if (!call.Body.IsEmpty)
        {
            request.Content = call.ContextLength is { } context
                ? new ContextContent(call.Body, call.Demand?.OptionsAt, context)
                : new ReadOnlyMemoryContent(call.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        return request;
    }
}
