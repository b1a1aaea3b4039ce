namespace LlamaGate.Application.Abstractions;

/// <summary>One upstream call that waits or runs.</summary>
/// <param name="Id">Unique while the gateway runs.</param>
/// <param name="Model">The model's own name.</param>
/// <param name="State">Whether it waits.</param>
public sealed record QueueEntry(string Id, string Model, QueueState State)
{
    /// <summary>1 for the next one; 0 for a call that runs.</summary>
    public int Position { get; init; }

    /// <summary>Until it will probably be sent; null when nothing can be said, zero for a call that runs.</summary>
    public TimeSpan? Eta { get; init; }

    /// <summary>Since its arrival, or until it was sent.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>The host where it runs, or where its model is being loaded; null while it waits for a slot.</summary>
    public string? Host { get; init; }

    /// <summary>The X-Request-ID of the request that it serves.</summary>
    public string? RequestId { get; init; }
}

/// <summary>What an upstream call in the queue is waiting for.</summary>
public enum QueueState
{
    /// <summary>A slot.</summary>
    Waiting,

    /// <summary>Its model, which is being loaded.</summary>
    Loading,

    /// <summary>Nothing: it has been sent.</summary>
    Running,
}
