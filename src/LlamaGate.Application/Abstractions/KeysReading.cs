using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>What a keys file contains.</summary>
/// <param name="Keys">Use them only when there are no faults.</param>
/// <param name="Faults">Everything that is wrong, up to a limit.</param>
public sealed record KeysReading(IReadOnlyList<KeyEntry> Keys, IReadOnlyList<KeysFault> Faults);
