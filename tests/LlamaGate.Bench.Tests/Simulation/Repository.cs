namespace LlamaGate.Bench.Tests.Simulation;

internal static class Repository
{
    /// <summary>The directory of LlamaGate.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "LlamaGate.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("LlamaGate.sln is in none of the directories above.");
    }
}
