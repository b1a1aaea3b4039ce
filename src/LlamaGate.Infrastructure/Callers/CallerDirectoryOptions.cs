using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>Where the keys are.</summary>
public sealed record CallerDirectoryOptions
{
    /// <summary>The keys file; null = none.</summary>
    public KeysFileOptions? File { get; init; }

    /// <summary>API_KEY as it is now; empty = none.</summary>
    public required Func<string> ApiKey { get; init; }

    /// <summary>Requests per second for keys that set none.</summary>
    public required decimal RateLimitRps { get; init; }
}
