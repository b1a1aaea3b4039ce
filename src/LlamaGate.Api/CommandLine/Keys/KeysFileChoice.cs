using System.Collections;
using System.CommandLine;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary>Which keys file a command is about, and the way in which every command for it runs.</summary>
internal sealed class KeysFileChoice(Option<string?> config, Option<string?> file)
{
    /// <summary>Runs a command and prints each error as one plain line.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<KeysFileOptions, InvocationConfiguration, Task<int>> run)
    {
        var streams = parsed.InvocationConfiguration;
        try
        {
            return await run(Find(parsed), streams);
        }
        catch (KeysFileException exception)
        {
            foreach (var complaint in exception.Complaints)
            {
                await streams.Error.WriteLineAsync(complaint);
            }

            return GatewayCommand.Failure;
        }
    }

    /// <summary>What a further command for the same file needs; empty when KEYS_FILE names it.</summary>
    public string RepeatedOption(ParseResult parsed) => parsed.GetValue(file) is { } given ? $" --file {given}" : "";

    /// <summary>Uses only the variables that matter; the gateway reports errors in the others.</summary>
    private KeysFileOptions Find(ParseResult parsed)
    {
        var environment = new Hashtable();
        foreach (var variable in Variables.All)
        {
            environment[variable.Name] = variable.Name is "KEYS_FILE" or "KEYS_FILE_MODE" or "API_KEY" or "ADMIN_KEY"
                ? Environment.GetEnvironmentVariable(variable.Name)
                : "";
        }

        var settings = SettingsReader.Load(
            EnvFileLocation.OfThisProcess(parsed.GetValue(config)), environment, NamedFiles.CheckNone).OrThrow().Settings;
        settings = parsed.GetValue(file) is { } given ? settings with { KeysFile = given } : settings;
        return settings.KeysFileOptions ?? throw new KeysFileException("KEYS_FILE is not set: name the keys file with --file");
    }
}
