using dotenv.net;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Reads <c>.env</c> into a dictionary, never into the process environment: child processes and diagnostics have no
/// business with the key. <c>$</c> is a letter like any other here, because keys hold such letters.
/// </summary>
internal static class DotEnvFile
{
    public const string Name = ".env";

    /// <exception cref="ConfigurationException">The file is there and cannot be read, or is malformed.</exception>
    public static IReadOnlyDictionary<string, string> Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (Directory.Exists(path))
        {
            throw new ConfigurationException([$"{Name}: {path} is a directory, not a file"]);
        }

        if (!File.Exists(path))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            var values = DotEnv.Fluent().WithExceptions().WithEnvFiles(path).WithTrimValues()
                .WithSupportExportSyntax().WithSupportInlineComments().WithoutSupportVariableExpansion().Read();
            RefuseLooseLines(path, values.Values);
            return new Dictionary<string, string>(values, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{Name}: {path} cannot be read ({exception.GetType().Name})"]);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new ConfigurationException([$"{Name}: {path} is malformed: a quoted value is not closed"]);
        }
    }

    /// <summary>The library passes over a line that is no assignment; here such a line is a lost setting.</summary>
    private static void RefuseLooseLines(string path, ICollection<string> values)
    {
        var quoted = values.SelectMany(value => value.Split('\n')).Select(line => line.Trim())
            .ToHashSet(StringComparer.Ordinal);
        var errors = new List<string>();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim().TrimStart('\uFEFF');
            var assigns = line.IndexOf('=', StringComparison.Ordinal) > 0;
            if (line.Length > 0 && line[0] != '#' && !assigns && !quoted.Contains(line.TrimEnd('"', '\'')))
            {
                errors.Add($"{Name}: line {i + 1} of {path} is malformed; allowed: NAME=value, # comment");
            }
        }

        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }
    }
}
