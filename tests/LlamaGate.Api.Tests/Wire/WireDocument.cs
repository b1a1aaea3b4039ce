using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>The rows of docs/wire.md.</summary>
internal static partial class WireDocument
{
    public static IReadOnlyList<string> ReadRows() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "wire.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["id"].Value),
    ];

    [GeneratedRegex(@"^\| (?<id>[a-z_]+(\.[a-z_]+)+) \|", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
