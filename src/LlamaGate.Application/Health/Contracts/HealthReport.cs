using System.Text.Json.Serialization;

namespace LlamaGate.Application.Health.Contracts;

/// <summary>The answer of <c>GET /health</c>.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record HealthReport
{
    /// <summary>healthy or unhealthy.</summary>
    public required string Status { get; init; }

    /// <summary><c>connected</c> when healthy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ollama { get; init; }

    /// <summary>What is wrong when unhealthy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>Where Ollama is looked for, without credentials; of several hosts the first one.</summary>
    public required string OllamaHost { get; init; }

    /// <summary>Each host, if there are several and <c>?verbose</c> asks for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HostReport>? Hosts { get; init; }

    [JsonIgnore]
    public bool IsHealthy => Error is null;
}

/// <summary>Source-generated writing of the health contracts.</summary>
[JsonSerializable(typeof(HealthReport))]
public sealed partial class HealthJsonContext : JsonSerializerContext;
