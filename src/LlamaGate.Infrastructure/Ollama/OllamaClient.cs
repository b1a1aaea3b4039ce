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
    GenerationCall call,
    OllamaTransport transport,
    HealthProbe health,
    CapabilityCache capabilities,
    OllamaOptions options,
    ExchangeFacts facts) : IOllamaClient
{
    private static readonly OllamaJsonContext Json = OllamaJsonContext.Instance;

    public string DisplayAddress => options.DisplayAddress;

    public async Task<ChatUpdate> ChatAsync(ChatRequest request, CancellationToken cancellationToken) =>
        ChatUpdateMapping.ToUpdate(await call.AskAsync(
            OllamaEndpoint.Chat, ToBody(request, stream: false), Json.OllamaChatResponse, cancellationToken));

    public async IAsyncEnumerable<ChatUpdate> StreamChatAsync(
        ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = call.StreamAsync(
            OllamaEndpoint.Chat, ToBody(request, stream: true), Json.OllamaChatResponse, cancellationToken);
        await foreach (var line in lines)
        {
            yield return ChatUpdateMapping.ToUpdate(line);
        }
    }

    public async Task<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancellationToken)
    {
        using var answer = await transport.SendAsync(HttpMethod.Get, "api/tags", body: null, facts.RequestId, cancellationToken);
        var tags = await answer.ReadAsync(Json.OllamaTags);
        IReadOnlyList<ModelInfo> models = [.. (tags.Models ?? []).Select(tag => new ModelInfo(tag.Name ?? "", tag.ModifiedAt))];
        capabilities.Observe(models);
        return models;
    }

    public ValueTask<ModelCapabilities> GetCapabilitiesAsync(string model, CancellationToken cancellationToken) =>
        capabilities.GetAsync(model, facts.RequestId, cancellationToken);

    public Task<UpstreamHealth> CheckHealthAsync(CancellationToken cancellationToken) => health.CheckAsync(cancellationToken);

    private byte[] ToBody(ChatRequest request, bool stream) => JsonSerializer.SerializeToUtf8Bytes(
        ChatRequestMapping.ToWire(request, stream, options.TruncateOverlongPrompts), Json.OllamaChatRequest);
}
