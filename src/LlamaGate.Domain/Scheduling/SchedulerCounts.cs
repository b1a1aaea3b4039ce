namespace LlamaGate.Domain.Scheduling;

/// <summary>The slots and the queue at one moment. Reading is no event: nothing is decided.</summary>
public sealed record SchedulerCounts(IReadOnlyList<RunnerCount> Runners, IReadOnlyList<WaitingCount> Waiting)
{
    public static SchedulerCounts Of(Scheduler scheduler) => new(
        [.. scheduler.State.Hosts.SelectMany(host => host.Runners.Values).Select(runner =>
            new RunnerCount(runner.Host.Name, runner.Model.Key, runner.Busy, runner.Slots.Known))],
        [.. scheduler.State.Waiting.Wanted.Select(model => new WaitingCount(model.Key, model.Waiting))]);
}

/// <param name="Host">The host's name.</param>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
/// <param name="Busy">Slots in use.</param>
/// <param name="Slots">As configured, or as learned so far.</param>
public readonly record struct RunnerCount(string Host, string Model, int Busy, int Slots);

/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
/// <param name="Calls">That wait for it.</param>
public readonly record struct WaitingCount(string Model, int Calls);
