using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>A call that waits for a shared host or runs there, at one moment. It names no address.</summary>
/// <param name="Entry">What its caller sees.</param>
/// <param name="KeyId">The id of the caller's key; a fixed word for callers without a key.</param>
public sealed record SharedCallState(QueueEntry Entry, string KeyId)
{
    /// <summary>The user whom the header of <c>share_by</c> names; null when there is none.</summary>
    public string? User { get; init; }

    /// <summary>The class that was asked for.</summary>
    public KeyPriority Priority { get; init; }

    /// <summary>Since it was sent; zero while it waits.</summary>
    public TimeSpan Running { get; init; }
}
