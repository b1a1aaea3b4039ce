using LlamaGate.Simulation.Report;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>A situation, and the figures that it must show.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <param name="repetitions">With other random numbers each; the picture is of the first one.</param>
    ScenarioReport Run(int repetitions);
}
