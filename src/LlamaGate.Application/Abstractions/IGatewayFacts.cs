namespace LlamaGate.Application.Abstractions;

/// <summary>What the process knows about itself.</summary>
public interface IGatewayFacts
{
    /// <summary>Of the gateway, like 1.2.3.</summary>
    string Version { get; }

    DateTimeOffset StartedAt { get; }

    /// <summary>Why HOSTS_FILE as it is now is not in force; null when it is, and when there is none.</summary>
    string? HostsFault { get; }
}
