namespace LlamaGate.Bench.Servers;

/// <summary>A published gateway.</summary>
/// <param name="Label">Its name in the tables.</param>
/// <param name="Directory">Holds llamagate.dll, or the single file llamagate.</param>
internal sealed record GatewayBuild(string Label, string Directory)
{
    /// <summary>How to start it.</summary>
    /// <exception cref="FileNotFoundException">There is no gateway.</exception>
    public IReadOnlyList<string> Command
    {
        get
        {
            var dll = Path.Combine(Directory, "llamagate.dll");
            var single = Path.Combine(Directory, "llamagate");
            return File.Exists(dll) ? ["dotnet", dll]
                : File.Exists(single) ? [single]
                : throw new FileNotFoundException($"Neither llamagate.dll nor llamagate is in '{Directory}'.");
        }
    }

    /// <exception cref="FormatException">Not of the form LABEL=DIR.</exception>
    public static GatewayBuild Parse(string text) => text.Split('=', 2) is [{ Length: > 0 } label, { Length: > 0 } path]
        ? new GatewayBuild(label, Path.GetFullPath(path))
        : throw new FormatException($"'{text}' is not LABEL=DIR");
}
