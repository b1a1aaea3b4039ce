namespace LlamaGate.Application.Abstractions;

/// <summary>What a Redis server says of itself, for a diagnosis.</summary>
/// <param name="Version">Like 7.0.15.</param>
/// <param name="Latency">How long it took to answer.</param>
/// <param name="Ahead">By how much its clock is ahead of this machine's; negative = behind.</param>
/// <param name="EvictionPolicy">What it does when its memory is full, like <c>noeviction</c>; null when it does not say.</param>
/// <param name="Persists">Whether it keeps its data on disk; null when it does not say.</param>
/// <param name="Members">The gateways in its list that should work.</param>
public sealed record RedisFacts(
    string Version, TimeSpan Latency, TimeSpan Ahead, string? EvictionPolicy, bool? Persists, IReadOnlyList<ListedMember> Members);

/// <summary>A gateway in the list of members.</summary>
/// <param name="Address">Where the others reach it.</param>
/// <param name="Age">The time by Redis' clock since its last sign of life, which it dates by its own clock.</param>
public sealed record ListedMember(string Address, TimeSpan Age);

/// <summary>Redis does not answer, or refuses. The message contains no password.</summary>
public sealed class RedisUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
