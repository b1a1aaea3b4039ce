using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>A load of a model.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminLoad
{
    /// <summary>When it began.</summary>
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>The model's name on the host.</summary>
    public required string Model { get; init; }

    /// <summary>Why: first, copy, switch, grow, admin, or foreign: another client of the same Ollama caused it.</summary>
    public required string Reason { get; init; }

    /// <summary>How long it has taken.</summary>
    public required double Seconds { get; init; }

    /// <summary>running, ok or failed.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Error { get; init; }

    /// <summary>The id of the key whose call was the first of those that waited for it; null when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? For { get; init; }

    /// <summary>How many calls waited for it.</summary>
    public required int Waiting { get; init; }

    /// <summary>The models that it displaced.</summary>
    public required IReadOnlyList<string> Evicted { get; init; }
}
