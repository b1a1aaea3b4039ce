using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>Where the keys are.</summary>
public sealed record CallerDirectoryOptions
{
    /// <summary>The keys file; null = none.</summary>
    public KeysFileOptions? File { get; init; }

    /// <summary>API_KEY as it is now; empty = none.</summary>
    public required Func<string> ApiKey { get; init; }

    /// <summary>ADMIN_KEY as it is now; empty = none, which is the default.</summary>
    public Func<string> AdminKey { get; init; } = static () => "";

    /// <summary>Requests per second for keys that set none.</summary>
    public required decimal RateLimitRps { get; init; }
}
