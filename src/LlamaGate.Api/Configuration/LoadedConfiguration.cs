namespace LlamaGate.Api.Configuration;

/// <summary>The loaded settings, their sources and their errors.</summary>
internal sealed record LoadedConfiguration
{
    /// <summary>The settings that could be read; use them only when there are no <see cref="Errors"/>.</summary>
    public required GatewaySettings Settings { get; init; }

    /// <summary>The <c>.env</c> that is used; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>Names that the environment sets, including empty ones.</summary>
    public IReadOnlySet<string> FromEnvironment { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Names that <see cref="File"/> sets and the environment does not.</summary>
    public IReadOnlySet<string> FromFile { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Errors that prevent a start.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Probable mistakes; they do not prevent a start.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public LoadedConfiguration OrThrow() => Errors.Count == 0 ? this : throw new ConfigurationException(Errors);
}
