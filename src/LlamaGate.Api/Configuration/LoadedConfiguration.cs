namespace LlamaGate.Api.Configuration;

/// <summary>What was read, from where, and what is wrong with it.</summary>
internal sealed record LoadedConfiguration
{
    /// <summary>What could be read; to be used only when there are no <see cref="Errors"/>.</summary>
    public required GatewaySettings Settings { get; init; }

    /// <summary>The <c>.env</c> that counts; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>Names that the environment sets, to nothing as well.</summary>
    public IReadOnlySet<string> FromEnvironment { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Names that <see cref="File"/> sets and the environment does not.</summary>
    public IReadOnlySet<string> FromFile { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>A start must not go on with these.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Probably a mistake; the start goes on.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public LoadedConfiguration OrThrow() => Errors.Count == 0 ? this : throw new ConfigurationException(Errors);
}
