using System.Text.Json.Serialization;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Health;

namespace LlamaGate.Application.Health.Contracts;

/// <summary>One of several hosts in the answer of <c>GET /health?verbose</c>.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record HostReport
{
    public required string Name { get; init; }

    /// <summary>Without credentials.</summary>
    public required string Address { get; init; }

    /// <summary>up, down or draining.</summary>
    public required string State { get; init; }

    /// <summary>Ollama's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    /// <summary>How many models it has.</summary>
    public required int Models { get; init; }

    /// <summary>How many of the gateway's calls run there.</summary>
    public required int Running { get; init; }

    /// <summary>The loaded models, without those that the caller may not use.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>What its last probe or call met; absent when nothing is wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fault { get; init; }

    /// <summary>The last sign of a client that uses this Ollama without the gateway; absent when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ForeignReport? Foreign { get; init; }

    /// <param name="named">The models that may be named.</param>
    internal static HostReport Of(HostStatus host, ModelAccess named) => new()
    {
        Name = host.Name,
        Address = host.Address,
        State = host.State,
        Version = host.Version,
        Models = host.Models,
        Running = host.Running,
        Loaded = named.IsUnlimited ? host.Loaded : [.. host.Loaded.Where(named.Allows)],
        Fault = host.Fault,
        Foreign = host.Foreign is { } foreign ? new ForeignReport(named.Allows(foreign.Model) ? foreign.Model : null, foreign.SeenAt) : null,
    };
}

/// <param name="Model">The model that it used; null when it may not be named.</param>
/// <param name="SeenAt">When that was noticed.</param>
public sealed record ForeignReport(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model, DateTimeOffset SeenAt);
