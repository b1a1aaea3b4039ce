using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;
using Microsoft.Extensions.Caching.Memory;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// The models' capabilities, read from Ollama and cached for a short time: long enough that a busy model does not cost a second
/// call for each request, short enough that a model that was pulled again is soon noticed, and at once when a list
/// of models shows it.
/// </summary>
internal sealed class CapabilityCache(IUpstreamCalls calls, TimeProvider timeProvider) : IDisposable
{
    private const int MostModels = 1000;
    private const string DefaultTag = ":latest";

    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostModels });

    public ValueTask<ModelCapabilities> GetAsync(
        string model, RequestContext context, CancellationToken cancellationToken) =>
        _known.TryGetValue(model, out Entry? entry) && timeProvider.GetElapsedTime(entry!.ReadAt) < Validity
            ? new(entry.Capabilities)
            : new(ReadAsync(model, context, cancellationToken));

    /// <summary>Removes the entries of models that have changed since they were read.</summary>
    public void Observe(IReadOnlyList<ModelInfo> models)
    {
        foreach (var model in models)
        {
            ForgetIfChanged(model.Name, model.ModifiedAt);
            if (model.Name.EndsWith(DefaultTag, StringComparison.Ordinal))
            {
                ForgetIfChanged(model.Name[..^DefaultTag.Length], model.ModifiedAt);
            }
        }
    }

    public void Dispose() => _known.Dispose();

    private void ForgetIfChanged(string name, DateTimeOffset modifiedAt)
    {
        if (_known.TryGetValue(name, out Entry? entry) && entry!.ModifiedAt is { } then && then != modifiedAt)
        {
            _known.Remove(name);
        }
    }

    private async Task<ModelCapabilities> ReadAsync(
        string model, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            var json = OllamaJsonContext.Instance;
            using var body = UpstreamBody.Of(new OllamaShowRequest(model), json.OllamaShowRequest);
            var call = new UpstreamCall(UpstreamEndpoint.Show, context) { Model = model, Body = body.Json };
            var show = await calls.ReadAsync(call, json.OllamaShow, cancellationToken);
            var capabilities = new ModelCapabilities(show.Capabilities?.Contains("thinking", StringComparer.Ordinal));
            var entry = new Entry(capabilities, timeProvider.GetTimestamp(), show.ModifiedAt);
            _known.Set(model, entry, new MemoryCacheEntryOptions { Size = 1 });
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
