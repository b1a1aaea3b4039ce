namespace LlamaGate.Application.Abstractions;

/// <summary>A load that runs or has ended.</summary>
/// <param name="At">When it began.</param>
/// <param name="Model">Its name on the host.</param>
/// <param name="Reason">A word: first, copy, switch, grow, admin or foreign.</param>
public sealed record ModelLoad(DateTimeOffset At, string Host, string Model, string Reason)
{
    /// <summary>How long it has taken.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Null while it runs.</summary>
    public bool? IsLoaded { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>The id of the key whose call was the first of those that waited; null when none did.</summary>
    public string? KeyId { get; init; }

    /// <summary>How many calls waited for it.</summary>
    public int Waiting { get; init; }

    /// <summary>Models that were loaded before and were not afterwards.</summary>
    public IReadOnlyList<string> Evicted { get; init; } = [];
}
