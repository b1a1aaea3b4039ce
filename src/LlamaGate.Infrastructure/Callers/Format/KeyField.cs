using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>One field of a key.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Allowed">Completes "keys[2].weight …".</param>
/// <param name="Apply">The entry with the value, or null when the value is not allowed.</param>
internal sealed record KeyField(string Name, string Allowed, Func<KeyEntry, RawField, KeyEntry?> Apply);
