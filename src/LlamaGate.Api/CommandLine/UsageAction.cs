using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine;

/// <summary>The library's help, followed by the variables or the command's notes.</summary>
internal sealed class UsageAction(SynchronousCommandLineAction options) : SynchronousCommandLineAction
{
    public static void ExtendHelp(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is SynchronousCommandLineAction options)
            {
                help.Action = new UsageAction(options);
            }
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = options.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is NotedCommand command)
        {
            output.WriteLine(command.Notes);
            return result;
        }

        output.WriteLine("Variables (read from the environment, then from .env, otherwise the default):");
        foreach (var variable in Variables.All)
        {
            var initial = variable.Default is "" ? "empty" : variable.Default;
            output.WriteLine($"  {variable.Name,-16} {variable.Purpose}");
            output.WriteLine($"  {"",-16} default {initial}; allowed: {variable.Allowed}");
        }

        output.WriteLine();
        output.WriteLine("Exit codes: 0 stopped normally or configuration valid, 1 invalid configuration or failed start, 2 unknown option.");
        return result;
    }
}
