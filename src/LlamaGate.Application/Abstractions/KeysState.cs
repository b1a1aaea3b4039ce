namespace LlamaGate.Application.Abstractions;

/// <summary>The state of the keys file in a running gateway.</summary>
/// <param name="Count">The keys in force, with expired and disabled ones.</param>
/// <param name="LoadedAt">When they were read.</param>
/// <param name="Fault">Why the file as it is now is not in force; null when it is. Contains no key, hash or id.</param>
public sealed record KeysState(int Count, DateTimeOffset LoadedAt, string? Fault);
