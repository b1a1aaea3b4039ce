using LlamaGate.Api.CommandLine;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>A command in this process, for those that look at nothing of it.</summary>
internal static class CommandRun
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await GatewayCommand.RunAsync(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
