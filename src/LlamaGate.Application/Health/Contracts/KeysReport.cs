using System.Text.Json.Serialization;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Health.Contracts;

/// <summary>The state of the keys file.</summary>
/// <param name="Count">The keys in force, with expired and disabled ones.</param>
/// <param name="LoadedAt">When they were read, in UTC.</param>
/// <param name="Fault">Why the file as it is now is not in force. Contains no key, hash or id.</param>
public sealed record KeysReport(
    int Count, DateTimeOffset LoadedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fault)
{
    public static KeysReport? Of(KeysState? keys) => keys is null ? null : new(keys.Count, keys.LoadedAt, keys.Fault);
}
