using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Versioning;

// One at a time: the installer looks at the process's own variables.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: UnsupportedOSPlatform("windows")]

namespace LlamaGate.InstallerTests;

/// <summary>
/// Runs install.ps1 itself, in PowerShell's engine, in throw-away folders, with stand-ins for Windows (Doubles.ps1). The
/// binary that it installs is the real gateway behind a few lines of shell.
/// </summary>
internal sealed class WindowsStage : IDisposable
{
    private static readonly string[] OwnVariables =
        ["LOCALAPPDATA", "ProgramFiles", "ProgramData", "PROCESSOR_ARCHITECTURE", "PATH", "OLLAMA_HOST", "DOTNET_INSTALL_URL", "DOTNET_ROOT"];

    private readonly Dictionary<string, string?> _variables;
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
    private readonly string _folder = Directory.CreateTempSubdirectory("llamagate ").FullName;

    public WindowsStage()
    {
        _variables = OwnVariables.ToDictionary(name => name, Environment.GetEnvironmentVariable, StringComparer.Ordinal);
        Set("LOCALAPPDATA", Path.Combine(_folder, "local"));
        Set("ProgramFiles", Path.Combine(_folder, "programs"));
        Set("ProgramData", Path.Combine(_folder, "data"));
        Set("PROCESSOR_ARCHITECTURE", "AMD64");
        Set("OLLAMA_HOST", null);
        Programs = Directory.CreateDirectory(Path.Combine(_folder, "path")).FullName;
        Set("PATH", Programs + Path.PathSeparator + "/usr/bin" + Path.PathSeparator + "/bin");
        UserFolder = Path.Combine(_folder, "local", "Programs", "LlamaGate");
        ServiceFolder = Path.Combine(_folder, "programs", "LlamaGate");
        LogFolder = Path.Combine(_folder, "data", "LlamaGate");
        Binary = WriteProgram(Path.Combine(_folder, "new.exe"), Gateway);
        _runspace.Open();
        Do($". '{Path.Combine(Repository.Root, "tests", "LlamaGate.InstallerTests", "Doubles.ps1")}'");
    }

    /// <summary>The first folder of PATH.</summary>
    public string Programs { get; }

    public string UserFolder { get; }

    public string ServiceFolder { get; }

    public string LogFolder { get; }

    public string Binary { get; }

    public string Screen => string.Join('\n', Do("$global:Screen"));

    public IReadOnlyList<string> Calls => Do("$global:Calls");

    public IReadOnlyList<string> Errors { get; private set; } = [];

    private static string Gateway
    {
        get
        {
            var output = Path.Combine(Repository.Root, "src", "LlamaGate.Api", "bin", BuildConfiguration, "net10.0");
            var assembly = Path.Combine(output, "llamagate.dll");
            return $"exec '{Environment.ProcessPath}' '{assembly}' \"$@\"";
        }
    }

    private static string BuildConfiguration =>
        AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";

    public static void Set(string variable, string? value) => Environment.SetEnvironmentVariable(variable, value);

    public static string WriteProgram(string file, string body)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <returns>The exit code.</returns>
    public int Install(string arguments, string? installer = null)
    {
        var script = Path.Combine(installer ?? Repository.InstallerFolder, "install.ps1");
        return int.Parse(Do($"& '{script}' {arguments}; $LASTEXITCODE")[^1], CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string> Do(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        var output = shell.AddScript(script).Invoke();
        Errors = [.. shell.Streams.Error.Select(error => error.ToString())];
        return [.. output.Select(item => item?.ToString() ?? "")];
    }

    public void Dispose()
    {
        _runspace.Dispose();
        foreach (var (name, value) in _variables)
        {
            Set(name, value);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
