namespace LlamaGate.Application.Abstractions;

/// <summary>Where an upstream call went.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Waited">From the start of the call until it was sent to this host.</param>
public sealed record UpstreamRoute(string Host, TimeSpan Waited);
