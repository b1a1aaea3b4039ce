using System.Text.Json.Serialization;

namespace LlamaGate.Application.Health.Contracts;

/// <summary>The answer of <c>GET /livez</c> and <c>GET /readyz</c>.</summary>
/// <param name="Status"><c>alive</c>, <c>ready</c> or <c>draining</c>.</param>
public sealed record ProbeState(string Status)
{
    /// <summary>The keys file, in <c>GET /readyz?verbose</c> of a gateway that has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeysReport? Keys { get; init; }
}

/// <summary>Source-generated writing of the probes' answers.</summary>
[JsonSerializable(typeof(ProbeState))]
public sealed partial class ProbeJsonContext : JsonSerializerContext;
