namespace LlamaGate.Simulation.Scenarios;

internal static class AllScenarios
{
    public static IReadOnlyList<IScenario> Create() =>
        [new Flood(), new Weights(), new Mixed(), new TwoModels(), new Switching(), new Leaving(), new DyingHost(), new Waiters()];
}
