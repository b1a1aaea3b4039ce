namespace LlamaGate.Application.Abstractions;

/// <summary>Which keys file, and what it may be like.</summary>
/// <param name="Path">Of the file.</param>
public sealed record KeysFileOptions(string Path)
{
    /// <summary>The mode of the file is not checked (KEYS_FILE_MODE=open).</summary>
    public bool MayBeOpen { get; init; }

    /// <summary>API_KEY, whose id and hash the file must not have; empty = none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>ADMIN_KEY, likewise; empty = none.</summary>
    public string AdminKey { get; init; } = "";
}
