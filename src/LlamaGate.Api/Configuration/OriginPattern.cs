using System.Text.RegularExpressions;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// An origin of web pages: <c>https://chat.example.com</c>, with <c>*</c> for any subdomain (<c>https://*.example.com</c>), any port
/// (<c>http://10.0.0.5:*</c>), any host of a scheme (<c>app://*</c>) or, alone, for everything. A star is never allowed inside a name:
/// <c>http://10.0.0.*</c> would also be <c>http://10.0.0.evil.example</c>.
/// </summary>
internal sealed partial record OriginPattern
{
    private const string Any = "*";

    private readonly string _text;
    private readonly string _scheme;
    private readonly string _host;
    private readonly string _port;

    private OriginPattern(string text, string scheme, string host, string port) =>
        (_text, _scheme, _host, _port) = (text, scheme, host, port);

    /// <summary>Null when the text is not such a pattern.</summary>
    public static OriginPattern? Parse(string text)
    {
        if (text == Any)
        {
            return new OriginPattern(text, Any, Any, Any);
        }

        var parts = Pattern().Match(text);
        return parts.Success ? Create(text, parts) : null;
    }

    /// <summary>Null when one of them is not a pattern.</summary>
    public static IReadOnlyList<OriginPattern>? ParseList(string text)
    {
        var patterns = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        return patterns.Contains(null) ? null : patterns.OfType<OriginPattern>().ToList();
    }

    /// <summary>The origin of a page; null when the text names none, as <c>null</c> does.</summary>
    /// <param name="origin">As a browser sends it.</param>
    public static OriginPattern? ParseOrigin(string origin)
    {
        var parts = Origin().Match(origin);
        return parts.Success ? Create(origin, parts) : null;
    }

    /// <param name="origin">From <see cref="ParseOrigin"/>; null matches <c>*</c> only.</param>
    public bool Matches(OriginPattern? origin) => _scheme == Any
        || (origin is not null
            && _scheme == origin._scheme && MatchesHost(origin._host) && (_port == Any || _port == origin._port));

    public override string ToString() => _text;

    private bool MatchesHost(string host) => _host switch
    {
        Any => true,
        ['*', .. var domain] => host.Length > domain.Length && host.EndsWith(domain, StringComparison.Ordinal),
        _ => _host == host,
    };

    private static OriginPattern Create(string text, Match parts)
    {
        var scheme = parts.Groups["scheme"].Value.ToLowerInvariant();
        var host = parts.Groups["host"].Value.ToLowerInvariant();
        var port = (scheme, parts.Groups["port"].Value) switch
        {
            // Browsers leave out the scheme's default port; people may write it.
            ("http", "80") or ("https", "443") => "",
            // Other schemes have no ports.
            (not ("http" or "https"), "") when host == Any => Any,
            var (_, other) => other,
        };
        return new OriginPattern(text, scheme, host, port);
    }

    [GeneratedRegex(
        @"\A(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:(?<port>\d{1,5}|\*))?/?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex(
        @"\A(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>\[[0-9a-f:.]+\]|[^:/\s]*)(:(?<port>\d{1,5}))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Origin();
}
