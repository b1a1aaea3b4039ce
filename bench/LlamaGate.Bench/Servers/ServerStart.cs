namespace LlamaGate.Bench.Servers;

/// <summary>Starts a server of a scenario's own, which nothing has been asked of yet.</summary>
/// <param name="probed">False where the probe's own start would be measured.</param>
internal delegate Task<Server> ServerStart(bool probed, CancellationToken cancellationToken);
