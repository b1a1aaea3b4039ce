using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine;

/// <summary><c>--check-config</c>: what a start would use, secrets masked. Complaints come as from a start.</summary>
internal static class ConfigCheck
{
    public static async Task<int> RunAsync(TextWriter output)
    {
        var settings = SettingsReader.Read();
        await output.WriteLineAsync("configuration is valid");
        foreach (var variable in Variables.All)
        {
            await output.WriteLineAsync($"  {variable.Name,-16} {variable.Describe(settings)}");
        }

        return 0;
    }
}
