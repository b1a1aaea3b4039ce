using System.CommandLine;
using System.CommandLine.Invocation;

namespace LlamaGate.Api.CommandLine;

/// <summary>Name and version as released; the library would add the commit's hash.</summary>
internal sealed class ProductVersion : SynchronousCommandLineAction
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    public static void ReplaceVersion(RootCommand root)
    {
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new ProductVersion();
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"llamagate {Text}");
        return 0;
    }
}
