namespace LlamaGate.Bench.Servers;

/// <summary>A published gateway.</summary>
/// <param name="Label">Its name in the tables.</param>
/// <param name="Path">The single file, or the directory that holds it or llamagate.dll.</param>
internal sealed record GatewayBuild(string Label, string Path)
{
    /// <summary>How to start it.</summary>
    /// <exception cref="FileNotFoundException">There is no gateway.</exception>
    public IReadOnlyList<string> Command
    {
        get
        {
            var dll = System.IO.Path.Combine(Path, "llamagate.dll");
            var single = System.IO.Path.Combine(Path, "llamagate");
            return File.Exists(Path) ? [Path]
                : File.Exists(dll) ? ["dotnet", dll]
                : File.Exists(single) ? [single]
                : throw new FileNotFoundException($"Neither llamagate.dll nor llamagate is in '{Path}'.");
        }
    }

    /// <exception cref="FormatException">Not of the form LABEL=PATH.</exception>
    public static GatewayBuild Parse(string text) => text.Split('=', 2) is [{ Length: > 0 } label, { Length: > 0 } path]
        ? new GatewayBuild(label, System.IO.Path.GetFullPath(path))
        : throw new FormatException($"'{text}' is not LABEL=PATH");
}
