namespace LlamaGate.Bench.Sharing;

/// <summary>Clients that do the same on both sides.</summary>
internal interface ISharingScenario
{
    /// <summary>As in --only.</summary>
    string Name { get; }

    Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken);
}
