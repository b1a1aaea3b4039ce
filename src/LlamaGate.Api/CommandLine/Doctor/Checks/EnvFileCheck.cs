using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Is there a <c>.env</c>, and can only its owner read it? It holds the key.</summary>
internal sealed class EnvFileCheck : IDiagnosis
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "env-file";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.None;

    public Task<Finding> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var path = Path.Combine(examination.Directory, DotEnvFile.Name);
        return Task.FromResult(File.Exists(path) ? Examine(path) : new Finding(
            Severity.Info,
            $"There is no .env in {examination.Directory}.",
            "Settings come from the environment and the defaults. .env is looked for where the gateway is started."));
    }

    private static Finding Examine(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Finding(Severity.Ok, $"{path} was found.", "Who may read it is not looked at on Windows.");
        }

        var mode = File.GetUnixFileMode(path);
        return (mode & Others) is UnixFileMode.None
            ? new Finding(Severity.Ok, $"{path} was found, and only its owner can read it.")
            : new Finding(
                Severity.Warning,
                $"{path} can be read or written by others than its owner (mode {Convert.ToString((int)mode, toBase: 8)}).",
                "It holds API_KEY, and OLLAMA_HOST may hold a password.",
                $"chmod 600 '{path}'");
    }
}
