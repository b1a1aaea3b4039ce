namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>What the operator says about a host for the scheduling of calls. Nothing uses it yet but <c>doctor</c>.</summary>
/// <param name="Slots">Calls that a model works on at once; null = not said.</param>
/// <param name="MaxRunning">Calls at once on the whole host; null = no limit.</param>
/// <param name="MaxLoaded">Models that may be loaded at once; null = as Ollama does.</param>
/// <param name="VideoMemory">In GB; null = not said.</param>
/// <param name="Pinned">Models that stay loaded.</param>
internal sealed record HostLimits(int? Slots, int? MaxRunning, int? MaxLoaded, decimal? VideoMemory, IReadOnlyList<string> Pinned)
{
    public static HostLimits None { get; } = new(null, null, null, null, []);
}
