using System.Collections.Concurrent;

namespace LlamaGate.OllamaEmulator.Models;

/// <summary>What <c>/api/ps</c> shows: models that were used and not unloaded.</summary>
internal sealed class LoadedModels(TimeProvider time)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<EmulatedModel, DateTimeOffset> _expiry = [];

    public IEnumerable<(EmulatedModel Model, DateTimeOffset Expires)> Running =>
        _expiry.Where(entry => entry.Value > time.GetUtcNow()).Select(entry => (entry.Key, entry.Value));

    public void Use(EmulatedModel model) => _expiry[model] = time.GetUtcNow() + KeepAlive;

    public void Unload(EmulatedModel model) => _expiry.TryRemove(model, out _);
}
