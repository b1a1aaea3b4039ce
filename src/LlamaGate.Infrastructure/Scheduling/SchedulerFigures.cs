using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Reads the figures of the shared hosts from the probes and from the scheduler.</summary>
internal sealed class SchedulerFigures(SharedScheduler scheduler, OllamaHosts hosts) : IHostFigures
{
    public IReadOnlyList<HostFigures> ListHosts() => ListHosts(hosts);

    public IReadOnlyList<RunnerFigures> ListRunners() =>
        [.. Read().Runners.Select(runner => new RunnerFigures(runner.Host, scheduler.Models.NameOn(runner.Host, runner.Model), runner.Busy, runner.Slots))];

    public IReadOnlyList<QueueFigures> ListQueues() => [.. Read().Waiting.Select(waiting => new QueueFigures(NameOf(waiting.Model), waiting.Calls))];

    public static IReadOnlyList<HostFigures> ListHosts(OllamaHosts hosts) =>
        [.. hosts.All.Select(probed => new HostFigures(probed.Host.Name, probed.Host.Health.IsUp))];

    private SchedulerCounts Read() => scheduler.Engine.Do(0, static (core, _, _) => SchedulerCounts.Of(core));

    /// <summary>Any host that has the model says its name.</summary>
    private string NameOf(string key) =>
        hosts.All.Select(probed => scheduler.Models.NameOn(probed.Host.Name, key)).FirstOrDefault(name => name != key) ?? key;
}
