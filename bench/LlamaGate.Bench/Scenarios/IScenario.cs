using LlamaGate.Bench.Report;

namespace LlamaGate.Bench.Scenarios;

/// <summary>One table.</summary>
internal interface IScenario
{
    /// <summary>As in --only and in targets.json.</summary>
    string Name { get; }

    string Title { get; }

    Task RunAsync(Rig rig, ScenarioReport report, CancellationToken cancellationToken);
}
