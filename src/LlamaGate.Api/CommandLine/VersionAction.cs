using System.CommandLine;
using System.CommandLine.Invocation;
using LlamaGate.Api.Product;

namespace LlamaGate.Api.CommandLine;

/// <summary>Prints name and version as released; the library would add the commit's hash.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public static void ReplaceVersion(RootCommand root)
    {
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new VersionAction();
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"llamagate {ProductVersion.Text}");
        return 0;
    }
}
