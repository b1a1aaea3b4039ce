namespace LlamaGate.OllamaEmulator.Models;

/// <summary>What <c>/api/ps</c> shows: models that were used and not unloaded. Each has one runner.</summary>
internal sealed class LoadedModels(TimeProvider time)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<EmulatedModel, (DateTimeOffset Expires, RunnerNeeds Runner)> _loaded = [];
    private readonly List<string> _loads = [];

    /// <summary>Each with the context of its runner.</summary>
    public IReadOnlyList<(EmulatedModel Model, DateTimeOffset Expires)> Running
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _loaded.Where(entry => IsRunning(entry.Value.Expires))
                        .Select(entry => (entry.Key with { ContextLength = entry.Value.Runner.ContextLength }, entry.Value.Expires)),
                ];
            }
        }
    }

    /// <summary>The model's name for each time a runner was started.</summary>
    public IReadOnlyList<string> Loads
    {
        get
        {
            lock (_lock)
            {
                return [.. _loads];
            }
        }
    }

    public void Use(EmulatedModel model, RunnerNeeds needs)
    {
        lock (_lock)
        {
            var isLoaded = _loaded.TryGetValue(model, out var entry) && IsRunning(entry.Expires) && needs.AreMetBy(entry.Runner);
            if (!isLoaded)
            {
                _loads.Add(model.Name);
            }

            _loaded[model] = (time.GetUtcNow() + KeepAlive, isLoaded ? entry.Runner : needs);
        }
    }

    public void Unload(EmulatedModel model)
    {
        lock (_lock)
        {
            _loaded.Remove(model);
        }
    }

    /// <summary>The server was stopped.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _loaded.Clear();
        }
    }

    private bool IsRunning(DateTimeOffset expires) => expires > time.GetUtcNow();
}
