using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine;

/// <summary>
/// <c>--check-config</c>: prints the settings that would be used and where each value comes from, secrets masked. Errors are reported as at startup;
/// warnings go to stderr and do not make the configuration invalid.
/// </summary>
internal static class ConfigCheck
{
    public static async Task<int> RunAsync(string? file, TextWriter output, TextWriter error)
    {
        var loaded = SettingsReader.Load(file);
        foreach (var warning in loaded.Warnings)
        {
            await error.WriteLineAsync($"warning: {warning}");
        }

        loaded.OrThrow();
        await output.WriteLineAsync("configuration is valid");
        await WriteAsync(output, "from the environment", loaded, loaded.FromEnvironment.Contains);
        await WriteAsync(output, $"from {loaded.File}", loaded, loaded.FromFile.Contains);
        await WriteAsync(
            output, "by default", loaded, name => !loaded.FromEnvironment.Contains(name) && !loaded.FromFile.Contains(name));
        return 0;
    }

    private static async Task WriteAsync(
        TextWriter output, string origin, LoadedConfiguration loaded, Func<string, bool> isFromThere)
    {
        var variables = Variables.All.Where(variable => isFromThere(variable.Name)).ToList();
        if (variables.Count == 0)
        {
            return;
        }

        await output.WriteLineAsync($"{origin}:");
        foreach (var variable in variables)
        {
            await output.WriteLineAsync($"  {variable.Name,-16} {variable.Describe(loaded.Settings)}");
            if (variable.Note(loaded.Settings) is { } note)
            {
                await output.WriteLineAsync($"  {"",-16} {note}");
            }
        }
    }
}
