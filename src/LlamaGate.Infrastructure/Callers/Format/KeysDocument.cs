using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>A keys file whose faults are known, with the places that an editor needs.</summary>
/// <param name="Entries">The checked keys. Complete only when there are no faults.</param>
/// <param name="Keys">Their texts; the same number, in the same order, when there are no faults.</param>
/// <param name="ListStart">Behind the bracket that opens the list.</param>
/// <param name="ListEnd">Before the bracket that closes it.</param>
internal sealed record KeysDocument(
    IReadOnlyList<KeyEntry> Entries, IReadOnlyList<RawKey> Keys, int ListStart, int ListEnd);
