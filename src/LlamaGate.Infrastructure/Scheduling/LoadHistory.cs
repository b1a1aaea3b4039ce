using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>The last loads on shared hosts, for those who look why a model was loaded. Thread-safe.</summary>
internal sealed class LoadHistory(IHostEvents events, TimeProvider timeProvider)
{
    private const int MaxLoads = 50;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _all = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ModelLoad> List()
    {
        lock (_gate)
        {
            return [.. _all.Select(Describe)];
        }
    }

    /// <summary>A load begins.</summary>
    /// <param name="nameOf">The names of models on its host.</param>
    /// <returns>For <see cref="End"/>.</returns>
    public object Begin(StartLoad load, Func<string, string> nameOf) => Add(new ModelLoad(
        timeProvider.GetUtcNow(), load.Host, nameOf(load.Model), load.Reason.ToWord())
    {
        KeyId = load.For?.KeyId,
        Waiting = load.Waiting,
    });

    /// <summary>It has ended.</summary>
    /// <param name="entry">Of <see cref="Begin"/>.</param>
    /// <param name="nameOf">The names of models on its host.</param>
    public void End(object entry, StartLoad load, LoadResult result, Func<string, string> nameOf)
    {
        var ended = (Entry)entry;
        var after = result.Runners?.Select(runner => runner.Model).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> evicted = after is null
            ? []
            : [.. load.Before.Where(model => model != load.Model && !after.Contains(model)).Select(nameOf)];
        lock (_gate)
        {
            ended.Load = Describe(ended) with { IsLoaded = result.Failure is null, Error = result.Failure?.Message, Evicted = evicted };
        }

        if (result.Failure is null)
        {
            Count(ended.Load);
        }
    }

    /// <summary>A call reports that its model was loaded although the gateway had loaded it before.</summary>
    public void NoteForeign(string host, string model, TimeSpan duration)
    {
        var load = new ModelLoad(timeProvider.GetUtcNow() - duration, host, model, LoadReason.Foreign.ToWord()) { Duration = duration, IsLoaded = true };
        Add(load);
        Count(load);
    }

    private void Count(ModelLoad load) => events.OnLoaded(load.Host, load.Model, load.Reason, load.Duration);

    private Entry Add(ModelLoad load)
    {
        var entry = new Entry(load, timeProvider.GetTimestamp());
        lock (_gate)
        {
            _all.AddFirst(entry);
            if (_all.Count > MaxLoads)
            {
                _all.RemoveLast();
            }
        }

        return entry;
    }

    private ModelLoad Describe(Entry entry) =>
        entry.Load.IsLoaded is null ? entry.Load with { Duration = timeProvider.GetElapsedTime(entry.StartedAt) } : entry.Load;

    /// <param name="startedAt">A <see cref="TimeProvider"/> timestamp.</param>
    private sealed class Entry(ModelLoad load, long startedAt)
    {
        public ModelLoad Load { get; set; } = load;

        public long StartedAt => startedAt;
    }
}
