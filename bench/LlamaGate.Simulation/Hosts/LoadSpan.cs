namespace LlamaGate.Simulation.Hosts;

/// <summary>A load that took place.</summary>
internal sealed record LoadSpan(string Host, string Model, TimeSpan Begins, TimeSpan Ends);
