using LlamaGate.Domain.Callers;

namespace LlamaGate.Simulation.Clients;

/// <summary>A call from the client's point of view, with what happened to it.</summary>
internal sealed class ClientCall(Principal principal, string model, Work work)
{
    public Principal Principal => principal;

    public string Model => model;

    public Work Work => work;

    public TimeSpan ArrivedAt { get; set; }

    /// <summary>What the gateway said at arrival; null when the call did not wait.</summary>
    public TimeSpan? Eta { get; set; }

    /// <summary>When it was sent to the host that answered it; null while it waits.</summary>
    public TimeSpan? SentAt { get; set; }

    /// <summary>That host.</summary>
    public string? Host { get; set; }

    public TimeSpan? EndedAt { get; set; }

    public CallOutcome Outcome { get; set; }

    /// <summary>When a refused client may try again.</summary>
    public TimeSpan RetryAfter { get; set; }

    /// <summary>What the upstream keeps for the call.</summary>
    public object? Tag { get; set; }

    /// <summary>Happens at the end, whatever the outcome.</summary>
    public Action<ClientCall>? Done { get; init; }

    public TimeSpan Waited => (SentAt ?? EndedAt ?? ArrivedAt) - ArrivedAt;

    public TimeSpan Total => (EndedAt ?? ArrivedAt) - ArrivedAt;
}

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    Open,
    Answered,
    Refused,
    Left,
    Failed,
}
