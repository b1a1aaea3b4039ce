using System.CommandLine;

namespace LlamaGate.Api.CommandLine;

/// <summary><c>llamagate check-config</c>: <c>--check-config</c> as a command.</summary>
internal static class CheckConfigCommand
{
    private const string Notes = """
        It reads the environment and .env as the gateway does at startup, shows where each value comes from, and starts nothing. Secrets
        are not shown. Unknown names in .env are reported on stderr.
        Exit codes: 0 valid, 1 not valid (every error is listed), 2 unknown option.
        """;

    public static Command Create(Option<string?> config)
    {
        var command = new NotedCommand("check-config", "Check the configuration, show it and exit", Notes);
        command.SetAction((parsed, _) => ConfigCheck.RunAsync(
            parsed.GetValue(config), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }
}
