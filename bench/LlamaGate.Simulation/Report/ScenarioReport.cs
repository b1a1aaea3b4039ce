namespace LlamaGate.Simulation.Report;

/// <summary>What a scenario has shown.</summary>
/// <param name="Svg">The picture of its first repetition.</param>
internal sealed record ScenarioReport(string Name, IReadOnlyList<Figure> Figures, string Svg);
