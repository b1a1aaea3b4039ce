using System.Collections;
using System.CommandLine;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Usage;

/// <summary>Which accounts a command reads: those of <c>--data-dir</c>, else of DATA_DIR.</summary>
internal static class DataDirectoryChoice
{
    public static Option<string?> CreateOption() =>
        new("--data-dir") { Description = "Directory with the accounts [default: DATA_DIR]", HelpName = "directory" };

    /// <exception cref="UsageStoreException">None is named.</exception>
    public static IUsageReader Open(ParseResult parsed, Option<string?> config, Option<string?> directory) =>
        (parsed.GetValue(directory) ?? Find(parsed.GetValue(config))) is { Length: > 0 } path
            ? GatewayHost.ReadAccounts(Path.GetFullPath(path))
            : throw new UsageStoreException("DATA_DIR is not set: name the directory with --data-dir. Without one, accounts are kept in memory only");

    /// <summary>DATA_DIR of the settings; empty when it is not set. Errors in other variables are the gateway's concern.</summary>
    /// <param name="file">That of <c>--config</c>, if it was given.</param>
    public static string Find(string? file)
    {
        var environment = new Hashtable();
        foreach (var variable in Variables.All)
        {
            environment[variable.Name] = variable.Name == "DATA_DIR" ? Environment.GetEnvironmentVariable(variable.Name) : "";
        }

        return SettingsReader.Load(EnvFileLocation.OfThisProcess(file), environment, NamedFiles.CheckNone).OrThrow().Settings.DataDir;
    }
}
