namespace LlamaGate.Infrastructure.Accounts;

/// <summary>Where the accounts are kept.</summary>
public sealed record UsageStoreOptions
{
    /// <summary>The directory of the file; null = in memory. It is created when it is missing.</summary>
    public string? Directory { get; init; }

    /// <summary>SQLite's native library, where it is inside the program; null = it lies beside the program.</summary>
    public Func<Stream?> OpenNativeLibrary { get; init; } = static () => null;
}
