using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;
using Microsoft.Extensions.Caching.Memory;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// What models can do, read from Ollama and remembered for a short time: long enough that a busy model costs no second
/// call for each request, short enough that a model that was pulled anew is soon seen as it is, and at once when a list
/// of models shows it. Callers who need the same model at the same time share one call.
/// </summary>
/// <param name="digestOf">
/// The digest of a model, if known: what is known of a blob never changes, whatever its name. Null: all is kept by name.
/// </param>
internal sealed class CapabilityCache(
    IUpstreamCalls calls, TimeProvider timeProvider, Func<string, string?>? digestOf = null) : IDisposable
{
    private const int MaxModels = 1000;

    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private readonly SharedTasks<ModelCapabilities> _running = new();
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxModels });

    public ValueTask<ModelCapabilities> GetAsync(
        string model, RequestContext context, CancellationToken cancellationToken)
    {
        var digest = digestOf?.Invoke(model);
        var key = digest ?? ModelName.Key(model);
        return _known.TryGetValue(key, out Entry? entry)
            && (digest is not null || timeProvider.GetElapsedTime(entry!.ReadAt) < Validity)
            ? new(entry!.Capabilities)
            : new(ShareAsync(key, model, context, cancellationToken));
    }

    /// <summary>Removes the entries of models that have changed since they were read.</summary>
    public void Observe(IReadOnlyList<ModelInfo> models)
    {
        foreach (var model in models)
        {
            ForgetIfChanged(ModelName.Key(model.Name), model.ModifiedAt);
        }
    }

    public void Dispose() => _known.Dispose();

    private void ForgetIfChanged(string key, DateTimeOffset modifiedAt)
    {
        if (_known.TryGetValue(key, out Entry? entry) && entry!.ModifiedAt is { } then && then != modifiedAt)
        {
            _known.Remove(key);
        }
    }

    private async Task<ModelCapabilities> ShareAsync(
        string key, string model, RequestContext context, CancellationToken cancellationToken) =>
        (await _running.RunAsync(key, token => ReadAsync(key, model, context, token), cancellationToken)).Result;

    private async Task<ModelCapabilities> ReadAsync(
        string key, string model, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            var json = OllamaJsonContext.Instance;
            using var body = UpstreamBody.Of(new OllamaShowRequest(model), json.OllamaShowRequest);
            var call = new UpstreamCall(UpstreamEndpoint.Show, context) { Model = model, Body = body.Json };
            var show = await calls.ReadAsync(call, json.OllamaShow, cancellationToken);
            var capabilities = new ModelCapabilities(
                CanThink: show.Capabilities?.Contains("thinking", StringComparer.Ordinal),
                CanSee: show.Capabilities?.Contains("vision", StringComparer.Ordinal),
                CanEmbed: show.Capabilities?.Contains("embedding", StringComparer.Ordinal));
            var entry = new Entry(capabilities, timeProvider.GetTimestamp(), show.ModifiedAt);
            _known.Set(key, entry, new MemoryCacheEntryOptions { Size = 1 });
            return capabilities;
        }
        catch (GatewayException)
        {
            // The generation itself will meet the same failure and report it better.
            return ModelCapabilities.Unknown;
        }
    }

    private sealed record Entry(ModelCapabilities Capabilities, long ReadAt, DateTimeOffset? ModifiedAt);
}
