namespace LlamaGate.Application.Abstractions;

/// <summary>Where an upstream call went.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Waited">From the start of the call until it was sent to this host, in the queue and at hosts that failed.</param>
public sealed record UpstreamRoute(string Host, TimeSpan Waited)
{
    /// <summary>The part of the wait until the call came back from the last host that failed; the rest is the wait of this attempt.</summary>
    public TimeSpan Earlier { get; init; }

    /// <summary>The part of the wait at hosts that failed.</summary>
    public TimeSpan Failed { get; init; }

    /// <summary>The place in the queue at arrival, from 1; 0 = the call did not have to wait.</summary>
    public int Position { get; init; }

    /// <summary>The part of the wait during which the gateway loaded the model for it.</summary>
    public TimeSpan Loading { get; init; }

    /// <summary>The call's part of the time of that load, which is split evenly over the calls that waited for it.</summary>
    public TimeSpan LoadShare { get; init; }

    /// <summary>The runner's context in tokens; null when it is not known.</summary>
    public int? ContextLength { get; init; }
}
