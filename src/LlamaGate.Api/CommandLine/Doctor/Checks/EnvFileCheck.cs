namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Is there a <c>.env</c>, are its names known, and can only its owner read it? It contains the key.</summary>
internal sealed class EnvFileCheck : IDiagnosis
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "env-file";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.None;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        if (context.EnvFile is not { } path || !File.Exists(path))
        {
            return Task.FromResult(new Finding(
                context.Warnings.Count == 0 ? Severity.Info : Severity.Warning,
                $"There is no .env in {context.Directory}.",
                string.Join('\n', context.Warnings.Prepend("Settings come from the environment and the defaults.")),
                "The gateway looks for .env in the working directory, and then where the installer puts it; --config FILE names another file."));
        }

        var access = JudgeAccess(path);
        return Task.FromResult(context.Warnings.Count == 0 ? access : new Finding(
            Severity.Warning,
            $"{path} was found, but some of its lines are not recognized.",
            string.Join('\n', access.Severity is Severity.Warning ? [.. context.Warnings, access.Title] : context.Warnings),
            access.Advice ?? "Correct or remove these lines; llamagate --help lists all settings."));
    }

    private static Finding JudgeAccess(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Finding(Severity.Ok, $"{path} was found.", "Its permissions are not checked on Windows.");
        }

        var mode = File.GetUnixFileMode(path);
        return (mode & Others) is UnixFileMode.None
            ? new Finding(Severity.Ok, $"{path} was found, and only its owner can read it.")
            : new Finding(
                Severity.Warning,
                $"{path} can be read or written by users other than its owner (mode {Convert.ToString((int)mode, toBase: 8)}).",
                "It can contain API_KEY, and a password in OLLAMA_HOST.",
                $"chmod 600 '{path}'");
    }
}
