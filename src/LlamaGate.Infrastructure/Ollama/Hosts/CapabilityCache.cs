using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;
using Microsoft.Extensions.Caching.Memory;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// What models can do, asked of Ollama and remembered for a short time: long enough that a busy model costs no second call for
/// each request, short enough that a model that was pulled anew is soon seen as it is, and at once when a list of models tells of it.
/// </summary>
internal sealed class CapabilityCache(OllamaTransport transport, TimeProvider timeProvider) : IDisposable
{
    private const int MostModels = 1000;
    private const string DefaultTag = ":latest";

    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostModels });

    public ValueTask<ModelCapabilities> GetAsync(string model, string? requestId, CancellationToken cancellationToken) =>
        _known.TryGetValue(model, out Entry? entry) && timeProvider.GetElapsedTime(entry!.AskedAt) < Validity
            ? new(entry.Capabilities)
            : new(AskAsync(model, requestId, cancellationToken));

    /// <summary>Forgets what is known of models that have changed since they were asked about.</summary>
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

    private async Task<ModelCapabilities> AskAsync(string model, string? requestId, CancellationToken cancellationToken)
    {
        try
        {
            var body = UpstreamBody.Of(new OllamaShowRequest(model), OllamaJsonContext.Instance.OllamaShowRequest);
            using var answer = await transport.SendAsync(HttpMethod.Post, OllamaEndpoint.Show, body, requestId, cancellationToken);
            var show = await answer.ReadAsync(OllamaJsonContext.Instance.OllamaShow);
            var capabilities = new ModelCapabilities(show.Capabilities?.Contains("thinking", StringComparer.Ordinal));
            var entry = new Entry(capabilities, timeProvider.GetTimestamp(), show.ModifiedAt);
            _known.Set(model, entry, new MemoryCacheEntryOptions { Size = 1 });
            return capabilities;
        }
        catch (GatewayException)
        {
            // The question itself will meet the same trouble and tell it better.
            return ModelCapabilities.Unknown;
        }
    }

    private sealed record Entry(ModelCapabilities Capabilities, long AskedAt, DateTimeOffset? ModifiedAt);
}
