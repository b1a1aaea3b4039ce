using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Hosts;

namespace LlamaGate.Simulation.Gateway;

/// <summary>Judges each load by what calls really take, which the scheduler does not know.</summary>
internal sealed class LoadChecks(Scheduler scheduler, IReadOnlyDictionary<string, OllamaHost> hosts)
{
    /// <summary>Loads of a model that nobody waits for, or whose waiters would have been served sooner without it.</summary>
    public int Needless { get; private set; }

    public void Judge(StartLoad load)
    {
        var calls = scheduler.Calls.Where(call => call.Spec.Model == load.Model).ToList();
        var waiting = calls.Where(call => call.State is CallState.Waiting or CallState.Held).ToList();
        var slots = hosts.Values.SelectMany(host => host.Loaded).Where(runner => runner.Model == load.Model).Sum(runner => runner.Slots);
        var work = waiting.Sum(call => ((SharedCall)call.Spec.Tag!).Client.Work.Service.TotalSeconds); // SharedHosts sets it.
        var isShorter = slots > 0 && work / slots <= hosts[load.Host].Settings.LoadTime.TotalSeconds;
        Needless += waiting.Count == 0 || isShorter ? 1 : 0;
    }
}
