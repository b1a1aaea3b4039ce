using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>Something that the runtime must do, in the order in which it was decided.</summary>
public abstract record Decision;

/// <summary>Send the call: it has a slot at <see cref="CallTicket.Host"/>.</summary>
public sealed record Grant(CallTicket Call) : Decision;

/// <summary>End the wait of a call with an error.</summary>
public sealed record Refuse(CallTicket Call, Refusal Refusal) : Decision;

/// <summary>Load a model, and report the end with <see cref="Scheduler.EndLoad"/>.</summary>
/// <param name="Id">Identifies the load in the report.</param>
/// <param name="Host">The host's name.</param>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
public sealed record StartLoad(long Id, string Host, string Model) : Decision
{
    public bool IsEmbedding { get; init; }

    /// <summary>In tokens; null = as Ollama chooses.</summary>
    public int? Context { get; init; }

    /// <summary>A JSON text; null = as Ollama chooses. <c>-1</c> for a pinned model.</summary>
    public string? KeepAlive { get; init; }

    public LoadReason Reason { get; init; }

    /// <summary>Whose call is the first of those that wait for it; null when none does.</summary>
    public Principal? For { get; init; }

    /// <summary>How many calls wait for it.</summary>
    public int Waiting { get; init; }

    /// <summary>The models that were loaded before.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];
}

/// <summary>Unload a drained model by its name, and report the end with <see cref="Scheduler.EndUnload"/>.</summary>
/// <param name="Id">That of the load for which it makes room, or of the operator's order.</param>
public sealed record StartUnload(long Id, string Host, string Model) : Decision;

/// <summary>Tell the operator that a load takes far longer than it should; nothing else is loaded on the host until it has ended.</summary>
/// <param name="Seconds">For which it has lasted.</param>
public sealed record ReportStuckLoad(string Host, string Model, double Seconds) : Decision;

/// <summary>Why a model is loaded.</summary>
public enum LoadReason
{
    /// <summary>It was loaded nowhere, and nothing had to go for it.</summary>
    First,

    /// <summary>It is loaded elsewhere, where too many wait.</summary>
    Copy,

    /// <summary>Another model had to go.</summary>
    Switch,

    /// <summary>A caller wishes for a larger context.</summary>
    Grow,

    /// <summary>An operator wants it.</summary>
    Admin,

    /// <summary>Another client of the same Ollama caused it. The scheduler never decides that; it is only reported.</summary>
    Foreign,
}
