using System.Text.RegularExpressions;

namespace LlamaGate.Api.Configuration;

/// <summary>A host name that callers may use for the gateway: <c>gateway.lan</c>, <c>*.lan</c> for any subdomain, <c>*</c> for any name.</summary>
internal sealed partial record HostPattern
{
    private readonly string _text;

    private HostPattern(string text) => _text = text;

    /// <summary>Null when one of them is not a pattern.</summary>
    public static IReadOnlyList<HostPattern>? ParseList(string text)
    {
        var names = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return names.All(name => Pattern().IsMatch(name)) ? [.. names.Select(name => new HostPattern(name))] : null;
    }

    /// <param name="host">Without its port; IPv6 in brackets.</param>
    public bool Matches(string host) => _text switch
    {
        "*" => true,
        ['*', .. var domain] => host.Length > domain.Length && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase),
        _ => host.Equals(_text, StringComparison.OrdinalIgnoreCase),
    };

    public override string ToString() => _text;

    [GeneratedRegex(
        @"\A(\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
