using System.Text.Json.Serialization;

namespace LlamaGate.Api.Health;

/// <param name="Status"><c>alive</c>, <c>ready</c> or <c>draining</c>.</param>
internal sealed record ProbeState(string Status);

/// <summary>Source-generated writing of the probes' answers.</summary>
[JsonSerializable(typeof(ProbeState))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
