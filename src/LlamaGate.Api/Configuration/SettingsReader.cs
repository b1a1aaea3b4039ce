using System.Collections;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Environment over <c>.env</c> over defaults. A variable that is set to nothing means its default, and still hides the
/// <c>.env</c> line of that name: compose files pass unset variables on as empty ones, and <c>API_KEY=</c> must be able
/// to switch a key off. Names that are not ours are left alone.
/// </summary>
internal static class SettingsReader
{
    /// <summary>The settings of this process, which only looks at them.</summary>
    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public static GatewaySettings Read() => Read(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariables());

    /// <summary>The settings of this process, which is about to serve: it has to be the only one that writes to LOG_FILE.</summary>
    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public static GatewaySettings ReadToServe() =>
        Read(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariables(), LogFileAccess.CheckAsWriter);

    /// <exception cref="ConfigurationException">With every error that was found.</exception>
    public static GatewaySettings Read(string directory, IDictionary environment) =>
        Read(directory, environment, LogFileAccess.CheckAsOnlooker);

    private static GatewaySettings Read(string directory, IDictionary environment, Func<string, string?> checkLogFile)
    {
        var (settings, errors) = Parse(DotEnvFile.Read(directory), environment);
        if (settings.LogFile.Length > 0 && checkLogFile(settings.LogFile) is { } complaint)
        {
            errors = [.. errors, complaint];
        }

        return errors.Count == 0 ? settings : throw new ConfigurationException(errors);
    }

    private static (GatewaySettings Settings, IReadOnlyList<string> Errors) Parse(
        IReadOnlyDictionary<string, string> file, IDictionary environment)
    {
        var settings = new GatewaySettings();
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
