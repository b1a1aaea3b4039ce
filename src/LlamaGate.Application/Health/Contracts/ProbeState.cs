using System.Text.Json.Serialization;

namespace LlamaGate.Application.Health.Contracts;

/// <summary>The answer of <c>GET /livez</c> and <c>GET /readyz</c>.</summary>
/// <param name="Status"><c>alive</c>, <c>ready</c> or <c>draining</c>.</param>
public sealed record ProbeState(string Status)
{
    /// <summary>HOSTS_FILE, with <c>/readyz?verbose</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfigurationFileReport? Hosts { get; init; }

    /// <summary>KEYS_FILE, with <c>/readyz?verbose</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfigurationFileReport? Keys { get; init; }
}

/// <summary>The state of a configuration file that is read again while the gateway runs.</summary>
/// <param name="Count">How many entries are in force.</param>
/// <param name="LoadedAt">When they were read.</param>
/// <param name="Fault">Why the file as it is now is not in force: lines and reasons, never a secret.</param>
public sealed record ConfigurationFileReport(
    int Count, DateTimeOffset LoadedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fault);

/// <summary>Source-generated writing of the probes' answers.</summary>
[JsonSerializable(typeof(ProbeState))]
public sealed partial class ProbeJsonContext : JsonSerializerContext;
