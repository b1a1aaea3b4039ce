using System.Runtime.CompilerServices;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Health;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Speaks Ollama's native API. One for each request, so that it can tell the request's facts.</summary>
internal sealed class OllamaClient(
    OllamaTransport transport, HealthProbe health, CapabilityCache capabilities, OllamaOptions options, ExchangeFacts facts, TimeProvider timeProvider)
    : IOllamaClient
{
    private static readonly OllamaJsonContext Json = OllamaJsonContext.Instance;

    public string DisplayAddress => options.DisplayAddress;

    public async Task<ChatUpdate> ChatAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            using var answer = await SendChatAsync(request, stream: false, cancellationToken);
            watch.FirstToken();
            var response = await answer.ReadAsync(Json.OllamaChatResponse);
            ThrowIfFailed(response);
            return response.Done ? ChatUpdateMapping.ToUpdate(response) : throw OllamaErrors.Incomplete();
        }
        finally
        {
            watch.Stop();
        }
    }

    public async IAsyncEnumerable<ChatUpdate> StreamChatAsync(
        ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = new UpstreamWatch(facts, timeProvider);
        try
        {
            using var answer = await SendChatAsync(request, stream: true, cancellationToken);
            await foreach (var line in answer.ReadLinesAsync(Json.OllamaChatResponse, cancellationToken))
            {
                ThrowIfFailed(line);
                watch.FirstToken();
                yield return ChatUpdateMapping.ToUpdate(line);
                if (line.Done)
                {
                    watch.Stop();
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

    public async Task<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancellationToken)
    {
        using var answer = await transport.SendAsync(HttpMethod.Get, "api/tags", body: null, facts.RequestId, cancellationToken);
        var tags = await answer.ReadAsync(Json.OllamaTags);
        return [.. (tags.Models ?? []).Select(tag => new ModelInfo(tag.Name ?? "", tag.ModifiedAt))];
    }

    public ValueTask<ModelCapabilities> GetCapabilitiesAsync(string model, CancellationToken cancellationToken) =>
        capabilities.GetAsync(model, facts.RequestId, cancellationToken);

    public Task<UpstreamHealth> CheckHealthAsync(CancellationToken cancellationToken) => health.CheckAsync(cancellationToken);

    private Task<OllamaAnswer> SendChatAsync(ChatRequest request, bool stream, CancellationToken cancellationToken)
    {
        var wire = ChatRequestMapping.ToWire(request, stream, options.TruncateOverlongPrompts);
        var body = JsonSerializer.SerializeToUtf8Bytes(wire, Json.OllamaChatRequest);
        return transport.SendAsync(HttpMethod.Post, "api/chat", body, facts.RequestId, cancellationToken);
    }

    private static void ThrowIfFailed(OllamaChatResponse response)
    {
        if (response.Error is { } error)
        {
            throw OllamaErrors.FromStreamLine(error);
        }
    }
}
