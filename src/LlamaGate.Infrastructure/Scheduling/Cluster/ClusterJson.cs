using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>What gateways show each other for eyes only. Unknown members are left out, so that versions may differ.</summary>
[JsonSerializable(typeof(SharedHostsState))]
[JsonSerializable(typeof(IReadOnlyList<QueueEntry>))]
internal sealed partial class ClusterJson : JsonSerializerContext
{
    public static byte[] Write(SharedHostsState state) => JsonSerializer.SerializeToUtf8Bytes(state, Default.SharedHostsState);

    public static byte[] Write(IReadOnlyList<QueueEntry> entries) => JsonSerializer.SerializeToUtf8Bytes(entries, Default.IReadOnlyListQueueEntry);

    public static SharedHostsState? ReadState(byte[] json) => JsonSerializer.Deserialize(json, Default.SharedHostsState);

    public static IReadOnlyList<QueueEntry>? ReadEntries(byte[] json) => JsonSerializer.Deserialize(json, Default.IReadOnlyListQueueEntry);
}
