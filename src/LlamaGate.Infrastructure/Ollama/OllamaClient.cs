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

    public Task<ChatUpdate> ChatAsync(ChatRequest request, CancellationToken cancellationToken) =>
        call.AskAsync(OllamaEndpoint.Chat, ToBody(request, stream: false), OllamaChatAnswer.Read, cancellationToken);

    public IAsyncEnumerable<ChatUpdate> StreamChatAsync(ChatRequest request, CancellationToken cancellationToken) =>
        call.StreamAsync(OllamaEndpoint.Chat, ToBody(request, stream: true), OllamaChatAnswer.Read, cancellationToken);

    public async Task<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancellationToken)
    {
        using var answer = await transport.SendAsync(HttpMethod.Get, OllamaEndpoint.Tags, body: null, facts.RequestId, cancellationToken);
        var tags = await answer.ReadAsync(Json.OllamaTags);
        IReadOnlyList<ModelInfo> models = [.. (tags.Models ?? []).Select(tag => new ModelInfo(tag.Name ?? "", tag.ModifiedAt))];
        capabilities.Observe(models);
        return models;
    }

    public ValueTask<ModelCapabilities> GetCapabilitiesAsync(string model, CancellationToken cancellationToken) =>
        capabilities.GetAsync(model, facts.RequestId, cancellationToken);

    public Task<UpstreamHealth> CheckHealthAsync(CancellationToken cancellationToken) => health.CheckAsync(cancellationToken);

    private UpstreamBody ToBody(ChatRequest request, bool stream) => UpstreamBody.Of(
        (Request: request, Stream: stream, Truncate: options.TruncateOverlongPrompts),
        static (writer, chat) => OllamaChatBody.Write(writer, chat.Request, chat.Stream, chat.Truncate),
        OllamaChatBody.TextBytes(request));
}
