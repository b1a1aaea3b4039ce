using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>One Ollama.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminHost
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its address, without credentials.</summary>
    public required string Url { get; init; }

    /// <summary>up, down or draining.</summary>
    public required string State { get; init; }

    /// <summary>Whether it gets no new calls until it is resumed, also while it is down.</summary>
    public required bool Drained { get; init; }

    /// <summary>What its last probe or call met; null when nothing is wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Reason { get; init; }

    /// <summary>Of Ollama; null when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? OllamaVersion { get; init; }

    /// <summary>Slots in use on all its models.</summary>
    public required int SlotsBusy { get; init; }

    /// <summary>Slots of all its loaded models.</summary>
    public required int Slots { get; init; }

    /// <summary>Memory of the GPU that its loaded models use; null when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? VramUsedBytes { get; init; }

    /// <summary>Memory of the GPU for models, as configured; null when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? VramBytes { get; init; }

    /// <summary>The loaded models.</summary>
    public required IReadOnlyList<AdminRunner> Models { get; init; }

    /// <summary>The names of all models that it has.</summary>
    public required IReadOnlyList<string> Available { get; init; }

    /// <summary>The load that runs; null when none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AdminPendingLoad? Loading { get; init; }
}

/// <summary>A loaded model.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminRunner
{
    /// <summary>Its name on the host.</summary>
    public required string Name { get; init; }

    /// <summary>In tokens; null when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Context { get; init; }

    /// <summary>In memory, in bytes; null when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? SizeBytes { get; init; }

    /// <summary>The part of it in the memory of the GPU, in bytes; null when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? VramBytes { get; init; }

    /// <summary>Calls that it works on at once.</summary>
    public required int Slots { get; init; }

    /// <summary>Whether that number is learned.</summary>
    public required bool SlotsLearned { get; init; }

    /// <summary>open, or closed: it takes no new calls, because it must make room.</summary>
    public required string Gate { get; init; }

    /// <summary>Whether it stays loaded.</summary>
    public required bool Pinned { get; init; }

    /// <summary>When Ollama unloads it if nobody uses it; null when that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(InstantConverter))]
    public required DateTimeOffset? Expires { get; init; }

    /// <summary>The calls that it works on.</summary>
    public required IReadOnlyList<AdminRunningCall> Running { get; init; }
}

/// <summary>A call that runs.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminRunningCall
{
    /// <summary>For <c>POST /admin/api/calls/{id}/cancel</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the caller's key.</summary>
    public required string Key { get; init; }

    /// <summary>The user whom a front end names; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? User { get; init; }

    /// <summary>low, normal or high.</summary>
    public required string Priority { get; init; }

    /// <summary>Since it was sent.</summary>
    public required double Seconds { get; init; }
}

/// <summary>A load that runs.</summary>
/// <remarks>Members stand in the order in which they are written. Times are in seconds.</remarks>
public sealed record AdminPendingLoad
{
    /// <summary>The model's name on the host.</summary>
    public required string Model { get; init; }

    /// <summary>Why: first, copy, switch, grow or admin.</summary>
    public required string Reason { get; init; }

    /// <summary>Since it began.</summary>
    public required double Seconds { get; init; }

    /// <summary>Until it has probably ended.</summary>
    public required double Eta { get; init; }
}
