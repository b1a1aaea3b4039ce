using System.CommandLine;
using System.CommandLine.Parsing;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Health;
using LlamaGate.Api.CommandLine.Keys;
using LlamaGate.Api.CommandLine.Usage;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine;

/// <summary>
/// The command line: without an option it starts the gateway. Settings are variables, not options, so that a service file, a
/// container and a terminal set them in the same way. To add a subcommand, add a <c>root.Add</c> here.
/// </summary>
internal static class GatewayCommand
{
    /// <summary>The command line is invalid; 1 is reserved for a failed start.</summary>
    public const int UsageError = 2;

    public const int Failure = 1;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            // Without arguments nothing is parsed, and no command is made: this is the start of almost every gateway.
            return UsageHints.Normalize(args) is { Length: > 0 } arguments
                ? await ParseAndRunAsync(arguments, output, error)
                : await GatewayProcess.RunAsync(file: null, error);
        }
        catch (ConfigurationException exception)
        {
            await error.WriteLineAsync("The configuration is not valid:");
            foreach (var complaint in exception.Errors)
            {
                await error.WriteLineAsync("  " + complaint);
            }

            return Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk, or a standard output that is closed: .NET says then that access is denied, because of something.
            return await GiveUpAsync((exception.InnerException ?? exception).Message, error);
        }
    }

    private static async Task<int> GiveUpAsync(string reason, TextWriter error)
    {
        try
        {
            await error.WriteLineAsync($"The command could not finish: {reason}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed or full too: only the exit code is left.
        }

        return Failure;
    }

    private static Task<int> ParseAndRunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // The help of a command needs no arguments.
        if (parsed.Errors.Count > 0 && !(parsed.Action is UsageAction && parsed.UnmatchedTokens.Count == 0))
        {
            return RefuseAsync(parsed, error);
        }

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // The host handles signals itself; the library's handler would end the process after two seconds.
            ProcessTerminationTimeout = null,
        });
    }

    private static void RefuseCommand(OptionResult check)
    {
        // An option that is not given is checked too.
        if (!check.Implicit && check.Parent is CommandResult { Children: var given }
            && given.OfType<CommandResult>().FirstOrDefault() is { } command)
        {
            check.AddError($"--check-config cannot be combined with the command {command.Command.Name}.");
        }
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, TextWriter error)
    {
        var hints = UsageHints.For(parsed.UnmatchedTokens, out var answered);
        var complaints = parsed.Errors.Select(complaint => complaint.Message)
            .Where(message => !answered.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)));
        foreach (var line in complaints.Concat(hints))
        {
            await error.WriteLineAsync(line);
        }

        await error.WriteLineAsync("Try --help.");
        return UsageError;
    }

    private static RootCommand Root()
    {
        var config = new Option<string?>("--config")
        {
            Description = "File with the settings [default: .env in the working directory, otherwise the installed one]",
            HelpName = "file",
            Recursive = true,
        };
        var check = new Option<bool>("--check-config") { Description = "Check the configuration, show it and exit" };
        check.Validators.Add(RefuseCommand);
        var root = new RootCommand("LlamaGate: an OpenAI-compatible gateway in front of Ollama. Without a command it starts the gateway.")
        {
            config, check,
        };
        root.Add(HealthCommand.Create(config));
        root.Add(CheckConfigCommand.Create(config));
        root.Add(DoctorCommand.Create(config));
        root.Add(KeygenCommand.Create());
        root.Add(KeysCommand.Create(config));
        root.Add(UsageCommand.Create(config));
        UsageAction.ExtendHelp(root);
        VersionAction.ReplaceVersion(root);
        root.SetAction((parsed, _) => parsed.GetValue(check)
            ? ConfigCheck.RunAsync(
                parsed.GetValue(config), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)
            : GatewayProcess.RunAsync(parsed.GetValue(config), parsed.InvocationConfiguration.Error));
        return root;
    }
}
