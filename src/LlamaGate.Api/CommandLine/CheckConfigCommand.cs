using System.CommandLine;

namespace LlamaGate.Api.CommandLine;

/// <summary><c>llamagate check-config</c>: <c>--check-config</c> by the name of a command.</summary>
internal static class CheckConfigCommand
{
    private const string Notes = """
        It reads the environment and .env in the working directory, as a start would, and starts nothing. Secrets are not shown.
        Exit codes: 0 valid, 1 not valid (every error is told), 2 unknown option.
        """;

    public static Command Create()
    {
        var command = new NotedCommand("check-config", "Check the configuration, show it and exit", Notes);
        command.SetAction((parsed, _) => ConfigCheck.RunAsync(parsed.InvocationConfiguration.Output));
        return command;
    }
}
