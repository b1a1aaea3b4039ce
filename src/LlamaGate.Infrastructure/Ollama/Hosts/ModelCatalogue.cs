using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Ollama.Wire;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// What Ollama reports about its models. Every list that is read, for any purpose, also refreshes the digests and
/// the entries of changed models.
/// </summary>
internal sealed class ModelCatalogue : IModelCatalogue, IDisposable
{
    private readonly IUpstreamCalls _calls;
    private readonly TimeProvider _timeProvider;
    private readonly CapabilityCache _capabilities;
    private readonly RunnerContexts _contexts;
    private readonly ModelDigests _digests;

    public ModelCatalogue(
        IUpstreamCalls calls, ResponseCacheOptions cache, TimeProvider timeProvider, ILogger<ModelDigests> digestsLogger)
    {
        _calls = calls;
        _timeProvider = timeProvider;
        _capabilities = new CapabilityCache(calls, timeProvider);
        _contexts = new RunnerContexts(calls, timeProvider);
        // Digests are part of cache keys: when all cached answers have expired, none is needed.
        _digests = new ModelDigests(token => ListAsync(OwnCalls.Context, token), cache.TimeToLive, timeProvider, digestsLogger);
    }

    public async Task<IReadOnlyList<ModelInfo>> ListAsync(RequestContext context, CancellationToken cancellationToken)
    {
        var readAt = _timeProvider.GetTimestamp();
        var tags = await _calls.ReadAsync(
            new UpstreamCall(UpstreamEndpoint.Tags, context), OllamaJsonContext.Instance.OllamaTags, cancellationToken);
        IReadOnlyList<ModelInfo> models =
        [
            .. (tags.Models ?? []).OfType<OllamaTag>().Select(tag => new ModelInfo(tag.Name ?? "", tag.ModifiedAt)
            {
                ContextLength = tag.Details?.ContextLength,
                Capabilities = tag.Capabilities,
            }),
        ];
        _capabilities.Observe(models);
        _digests.Observe(tags, readAt);
        return models;
    }

    public ValueTask<ModelCapabilities> GetCapabilitiesAsync(
        string model, RequestContext context, CancellationToken cancellationToken) =>
        _capabilities.GetAsync(model, context, cancellationToken);

    public string? FindDigest(string model) => _digests.Find(model);

    public ValueTask<string?> GetDigestAsync(string model, CancellationToken cancellationToken) =>
        _digests.GetAsync(model, cancellationToken);

    public ValueTask<int?> GetContextLengthAsync(string model, CancellationToken cancellationToken) =>
        _contexts.GetAsync(model, cancellationToken);

    public Task<IReadOnlyDictionary<string, int?>> ListContextLengthsAsync(CancellationToken cancellationToken) =>
        _contexts.ListAsync(cancellationToken);

    public void Dispose()
    {
        _digests.Dispose();
        _contexts.Dispose();
        _capabilities.Dispose();
    }
}
