namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>The runners in memory, in the order of their loads.</summary>
internal sealed class LoadedRunners(int capacity)
{
    private readonly List<Runner> _runners = [];

    public IReadOnlyList<Runner> All => _runners;

    public Runner? Of(string blob) => _runners.FirstOrDefault(runner => runner.Model.Blob == blob);

    public void Add(Runner runner) => _runners.Add(runner);

    public void Remove(Runner runner) => _runners.Remove(runner);

    public void Clear() => _runners.Clear();

    /// <summary>
    /// What has to go before the model can be loaded: its own runner, which does not serve the call, else an idle one, then the
    /// shortest keep_alive, then the lowest blob. Null when there is room.
    /// </summary>
    public Runner? VictimFor(CallWork work) => Of(work.Model.Blob) ?? (_runners.Count < capacity
        ? null
        : _runners.OrderBy(runner => !runner.IsIdle)
            .ThenBy(runner => runner.KeepAlive)
            .ThenBy(runner => runner.Model.Blob, StringComparer.Ordinal)
            .First());

    /// <summary>Idle ones whose time is over at that moment.</summary>
    public IReadOnlyList<Runner> Expired(TimeSpan now) =>
        [.. _runners.Where(runner => runner.IsIdle && runner.Expires <= now)];

    /// <summary>The next moment at which a step ends or an idle runner goes.</summary>
    public TimeSpan? NextDue => _runners
        .Select(runner => runner.IsIdle ? runner.Expires : runner.Engine.StepEnds)
        .Where(due => due is not null)
        .Min();
}
