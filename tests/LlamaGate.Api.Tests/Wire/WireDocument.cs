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

    /// <summary>Rows that a case cannot prove, such as those that need several callers, and the tests that they name.</summary>
    public static IReadOnlyList<(string Row, string Proof)> ReadProofs() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "wire.md"))
            .Select(line => (Row: Row().Match(line), Proof: Proof().Match(line)))
            .Where(match => match.Row.Success && match.Proof.Success)
            .Select(match => (match.Row.Groups["id"].Value, match.Proof.Groups["test"].Value)),
    ];

    [GeneratedRegex("; proof: `(?<test>[A-Za-z]+)` \\|$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Proof();

    [GeneratedRegex(@"^\| (?<id>[a-z_]+(\.[a-z_]+)+) \|", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
