using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Scheduling;

namespace LlamaGate.OllamaEmulator;

/// <summary>What an emulator with <see cref="SchedulingOptions"/> has loaded and done. Counts survive a restart.</summary>
public sealed class EmulatedRunners
{
    private readonly RunnerHost _host;
    private readonly ModelCatalog _catalog;

    internal EmulatedRunners(RunnerHost host, ModelCatalog catalog)
    {
        _host = host;
        _catalog = catalog;
    }

    /// <summary>Every load that was begun, in order.</summary>
    public IReadOnlyList<RunnerLoad> Loads => _host.Look(scheduler => scheduler.Counts.Loads.ToArray());

    /// <summary>Sum over all slots of the time in which they had a call.</summary>
    public TimeSpan BusySlotTime => _host.Look(scheduler => scheduler.Counts.BusySlotTime);

    /// <summary>Time in which a load was going on.</summary>
    public TimeSpan LoadingTime => _host.Look(scheduler => scheduler.Counts.LoadingTime);

    /// <summary>Begun loads by the model's name.</summary>
    public IReadOnlyDictionary<string, int> LoadsByModel =>
        Loads.CountBy(load => load.Model, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    /// <summary>Loads of a loaded model because a call asked for other options.</summary>
    public int Reloads => Loads.Count(load => load.Reason is LoadReason.Options);

    /// <summary>Loads for which another model had to go.</summary>
    public int Evictions => Loads.Count(load => load.Reason is LoadReason.Switch);

    /// <summary>How the slots were used.</summary>
    public SlotUse Slots => _host.Look(scheduler => scheduler.Counts.Slots);

    /// <summary>What the callers took, by name; empty for those without one.</summary>
    public IReadOnlyDictionary<string, CallerUse> Callers =>
        _host.Look(scheduler => scheduler.Counts.Callers.ToDictionary(StringComparer.Ordinal));

    /// <summary>Most calls at once by the model's name, for the listed models.</summary>
    public IReadOnlyDictionary<string, RunnerPeak> Peaks => _host.Look(scheduler => _catalog.Listed
        .Where(model => scheduler.Counts.Highest.ContainsKey(model.Blob))
        .ToDictionary(model => model.Name, model => scheduler.Counts.Highest[model.Blob], StringComparer.Ordinal));

    /// <summary>Calls that wait for a load, with the one that is loading.</summary>
    public int Pending => _host.Look(scheduler => scheduler.Pending);

    /// <summary>Names of the loaded models, in the order of their loads.</summary>
    public IReadOnlyList<string> Loaded => _host.Look(scheduler => scheduler.Loaded.Select(runner => runner.Model.Name).ToArray());

    internal RunnerHost Host => _host;

    /// <summary>Calls in the slots of the model's runner; 0 when it is not loaded.</summary>
    public int Running(string model) => _host.Look(scheduler => Find(scheduler, model)?.Engine.Running ?? 0);

    /// <summary>Calls that wait in the model's runner for a slot.</summary>
    public int Waiting(string model) => _host.Look(scheduler => Find(scheduler, model)?.Engine.Waiting ?? 0);

    /// <summary>Most calls that were at once in slots of the model's runner.</summary>
    public int MaxRunning(string model) => Highest(model).Running;

    /// <summary>Most calls that were at once in the model's runner, in slots or waiting.</summary>
    public int MaxInside(string model) => Highest(model).Inside;

    /// <summary>All counts begin anew. What is loaded stays loaded, and calls go on.</summary>
    public void ClearCounts() => _host.Look(scheduler =>
    {
        scheduler.Counts.Clear();
        return true;
    });

    /// <summary>Ends the model's process as kill -9 does. False when the model is not loaded.</summary>
    public bool Kill(string model) => _catalog.Find(model) is { } known && _host.Kill(known);

    /// <summary>Completes when the condition holds; it is looked at after everything that happens.</summary>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public async Task WhenAsync(Predicate<EmulatedRunners> condition, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        for (var next = _host.Changed.Next; !condition(this); next = _host.Changed.Next)
        {
            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"The runners did not come to that within {timeout}.", e);
            }
        }
    }

    private Runner? Find(OllamaScheduler scheduler, string model) =>
        _catalog.Find(model) is { } known ? scheduler.Loaded.FirstOrDefault(runner => runner.Model.Blob == known.Blob) : null;

    private RunnerPeak Highest(string model) => _host.Look(scheduler =>
        (_catalog.Find(model) is { } known ? scheduler.Counts.Highest.GetValueOrDefault(known.Blob) : null) ?? new RunnerPeak(0, 0));
}
