using System.Collections;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Environment over <c>.env</c> over defaults. An empty variable means the default, and still overrides the
/// <c>.env</c> line of that name: compose files pass unset variables as empty ones, and <c>API_KEY=</c> must be able
/// to turn a key off. Unknown names in the environment belong to other programs; in <c>.env</c> they are probably misspelt.
/// </summary>
internal static class SettingsReader
{
    /// <summary>The settings, for a process that only inspects them.</summary>
    /// <param name="file">The file of <c>--config</c>, if it was given.</param>
    public static LoadedConfiguration Load(string? file) =>
        Load(EnvFileLocation.OfThisProcess(file), Environment.GetEnvironmentVariables(), NamedFiles.CheckAsOnlooker);

    /// <summary>The settings, for a process that is about to serve: it must be the only one that writes to LOG_FILE.</summary>
    /// <param name="file">The file of <c>--config</c>, if it was given.</param>
    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public static LoadedConfiguration LoadToServe(string? file) =>
        Load(EnvFileLocation.OfThisProcess(file), Environment.GetEnvironmentVariables(), NamedFiles.CheckAsServer).OrThrow();

    /// <summary>The settings, for a gateway that serves already.</summary>
    /// <param name="file">The file that was used at the start; it must still exist. Null when there was none.</param>
    public static LoadedConfiguration LoadToReload(string? file) =>
        Load(EnvFileLocation.OfThisProcess(file), Environment.GetEnvironmentVariables(), NamedFiles.CheckToReload);

    /// <summary>The settings of a directory.</summary>
    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public static GatewaySettings Read(string directory, IDictionary environment) =>
        Load(new EnvFileLocation(Given: null, directory, Installed: []), environment, NamedFiles.CheckAsOnlooker).OrThrow().Settings;

    /// <param name="location">Where <c>.env</c> may be.</param>
    /// <param name="environment">What wins over it.</param>
    /// <param name="checkFiles">One of <see cref="NamedFiles"/>.</param>
    public static LoadedConfiguration Load(
        EnvFileLocation location, IDictionary environment, Func<GatewaySettings, IEnumerable<string>> checkFiles)
    {
        var file = location.Read(out var warnings);
        var (settings, errors) = Parse(file.Values, environment);
        errors.InsertRange(0, file.Errors);
        errors.AddRange(SettingsRules.FindConflicts(settings));
        errors.AddRange(checkFiles(settings));

        var names = Variables.All.Select(variable => variable.Name).ToList();
        return new LoadedConfiguration
        {
            Settings = settings,
            File = file.Path,
            FromEnvironment = names.Where(name => environment[name] is string).ToHashSet(StringComparer.Ordinal),
            FromFile = names.Where(name => environment[name] is null && file.Values.ContainsKey(name)).ToHashSet(StringComparer.Ordinal),
            Errors = errors,
            Warnings =
            [
                .. warnings, .. SettingsRules.FindUnknownNames(file, names), .. TelemetryRules.FindIgnored(settings.OpenTelemetry),
            ],
        };
    }

    private static (GatewaySettings Settings, List<string> Errors) Parse(
        IReadOnlyDictionary<string, string> file, IDictionary environment)
    {
        var settings = new GatewaySettings { OpenTelemetry = TelemetryVariables.Read(file, environment) };
        var errors = new List<string>();
        foreach (var variable in Variables.All)
        {
            var text = (environment[variable.Name] as string ?? file.GetValueOrDefault(variable.Name, "")).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (variable.Apply(settings, text) is { } applied)
            {
                settings = applied;
            }
            else
            {
                errors.Add(variable.Refuse(text));
            }
        }

        return (settings, errors);
    }
}
