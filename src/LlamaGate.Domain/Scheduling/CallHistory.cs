namespace LlamaGate.Domain.Scheduling;

/// <summary>How far a call has come that a new scheduler takes over.</summary>
public sealed record CallHistory
{
    /// <summary>The host where it runs; null = it waits.</summary>
    public string? Host { get; init; }

    /// <summary>What its principal was charged at the grant, in slot seconds; null = it has not run yet.</summary>
    public double? Cost { get; init; }

    /// <summary>The time spent waiting so far.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Since its grant.</summary>
    public TimeSpan Running { get; init; }

    /// <summary>Whether its first token has come.</summary>
    public bool HasToken { get; init; }

    /// <summary>See <see cref="CallTicket.IsTrial"/>.</summary>
    public bool IsTrial { get; init; }

    /// <summary>See <see cref="CallTicket.Position"/>.</summary>
    public int Position { get; init; }

    /// <summary>See <see cref="CallTicket.Attempts"/>.</summary>
    public int Attempts { get; init; }

    /// <summary>Names of the hosts where it has failed.</summary>
    public IReadOnlyList<string> Barred { get; init; } = [];
}
