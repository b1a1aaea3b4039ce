using LlamaGate.Api.CommandLine.Keys;
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
        await WriteKeysAsync(output, loaded.Settings);
        return 0;
    }

    private static async Task WriteKeysAsync(TextWriter output, GatewaySettings settings)
    {
        if (settings.KeysFileOptions is not { } file)
        {
            return;
        }

        var summary = new KeysSummary(GatewayHost.KeysFile.Read(file).Keys, TimeProvider.System.GetUtcNow());
        await output.WriteLineAsync($"keys in {file.Path}:");
        foreach (var line in summary.Notes().Prepend(summary.Count))
        {
            await output.WriteLineAsync($"  {line}");
        }
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
