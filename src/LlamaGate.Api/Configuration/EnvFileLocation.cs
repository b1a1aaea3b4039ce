using System.Collections;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Which <c>.env</c> is used: the one of <c>--config</c>, else the one in the working directory, else the one that the installer created.
/// Exactly one file is used, so that it shows everything that is set.
/// </summary>
/// <param name="Given">The file of <c>--config</c>; null when the option was not given.</param>
/// <param name="Directory">The working directory.</param>
/// <param name="Installed">Where the installer puts the file, the user's own location first.</param>
internal sealed record EnvFileLocation(string? Given, string Directory, IReadOnlyList<string> Installed)
{
    private const string Program = "llamagate";

    /// <summary>The installed locations apply only to the installed program: a build run with dotnet does not use them.</summary>
    /// <param name="given">The file of <c>--config</c>.</param>
    public static EnvFileLocation OfThisProcess(string? given)
    {
        var program = Environment.ProcessPath ?? "";
        var isProgram = Path.GetFileNameWithoutExtension(program).Equals(Program, StringComparison.OrdinalIgnoreCase);
        return new EnvFileLocation(
            given,
            System.IO.Directory.GetCurrentDirectory(),
            isProgram ? InstalledPlaces(program, Environment.GetEnvironmentVariables()) : []);
    }

    /// <summary>On Windows next to the program; elsewhere the user's configuration and then the machine's, as in install.sh.</summary>
    public static IReadOnlyList<string> InstalledPlaces(string program, IDictionary environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return [Path.Combine(Path.GetDirectoryName(program) ?? "", DotEnvFile.Name)];
        }

        var home = environment["HOME"] as string is { Length: > 0 } path ? Path.Combine(path, ".config") : null;
        var configuration = environment["XDG_CONFIG_HOME"] as string is { Length: > 0 } given ? given : home;
        return new[] { configuration, "/etc" }.OfType<string>()
            .Select(place => Path.Combine(place, Program, DotEnvFile.Name))
            .ToList();
    }

    public DotEnvFile Read(out IReadOnlyList<string> warnings)
    {
        warnings = [];
        if (Given is not null)
        {
            return DotEnvFile.Read(Path.GetFullPath(Given, Directory));
        }

        if (Path.Combine(Directory, DotEnvFile.Name) is var local && Path.Exists(local))
        {
            return DotEnvFile.Read(local);
        }

        warnings = [.. Installed.Where(IsHidden).Select(path =>
            $"{path} is not used: this user is not permitted to read it. The gateway installed for all users runs as a service")];
        return Installed.FirstOrDefault(path => Path.Exists(path) && !IsHidden(path)) is { } installed
            ? DotEnvFile.Read(installed)
            : DotEnvFile.None;
    }

    /// <summary>It exists but is not readable for this user: a system service has its own file, so this is not an error.</summary>
    private static bool IsHidden(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return !System.IO.Directory.Exists(path);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
