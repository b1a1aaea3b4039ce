using System.Buffers;

namespace LlamaGate.Domain.Models;

/// <summary>
/// The names that Ollama takes for the same model: <c>m</c>, <c>m:latest</c>, <c>library/m</c>, <c>https://registry.ollama.ai/library/m:latest</c>,
/// <c>m:local</c> and more, also with spaces around them. A rule that forbids a model must cover all of them.
/// </summary>
public static class ModelSpellings
{
    private const string Registry = "registry.ollama.ai/";
    private const string Namespace = "library/";
    private const string DefaultTag = ":latest";
    private const string Local = "local";
    private const string Cloud = "cloud";
    private const string DigestKind = "sha256";

    /// <summary>Ollama finds a model by that many hexadecimal digits of its digest, or more.</summary>
    private const int MinDigits = 12;

    private const int MaxDigits = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The hosts that Ollama's own models come from.</summary>
    private static readonly string[] Hosts = [Registry, "ollama.com/"];

    /// <summary>The name as it is and as Ollama lists it, and the longer spellings.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var shortest = Shortest(name);
        var spellings = new List<string> { shortest };
        var parts = shortest.Count('/') + 1;
        if (parts == 1)
        {
            spellings.Add(Namespace + shortest);
            spellings.Add(Registry + Namespace + shortest);
        }
        else if (parts == 2)
        {
            spellings.Add(Registry + shortest);
        }

        if (!HasTag(shortest))
        {
            spellings.AddRange([.. spellings.Select(spelling => spelling + DefaultTag)]);
        }

        spellings.Add(name.Trim());
        return spellings;
    }

    /// <summary>One text for all spellings: see <see cref="ModelName.Key"/>.</summary>
    public static string Key(string name) => ModelName.Key(Shortest(name));

    /// <summary>
    /// Whether Ollama may take the name for a digest of a model, or for the beginning of one: hexadecimal digits, perhaps after
    /// <c>sha256:</c> or a runner's name.
    /// </summary>
    public static bool MayBeDigest(string name)
    {
        var text = Shortest(name).AsSpan();
        var colon = text.IndexOf(':');
        var isKind = colon >= 0 && text[..colon].Equals(DigestKind, StringComparison.OrdinalIgnoreCase);
        return IsDigest(text) || (!isKind && colon >= 0 && IsDigest(text[(colon + 1)..]));
    }

    private static bool IsDigest(ReadOnlySpan<char> text)
    {
        var digits = text.StartsWith(DigestKind, StringComparison.OrdinalIgnoreCase) && text.Length > DigestKind.Length
            && text[DigestKind.Length] is ':' or '-'
            ? text[(DigestKind.Length + 1)..]
            : text;
        return digits.Length is >= MinDigits and <= MaxDigits && !digits.ContainsAnyExcept(HexDigits);
    }

    private static string Shortest(string name)
    {
        var text = name.AsSpan().Trim();
        if (text.IndexOf("://") is >= 0 and var scheme)
        {
            text = text[(scheme + "://".Length)..];
        }

        foreach (var host in Hosts)
        {
            text = WithoutStart(text, host);
        }

        text = WithoutStart(text, Namespace);
        var source = text[(text.LastIndexOf(':') + 1)..].Trim();
        if (HasTag(text) && source.Equals(Local, StringComparison.OrdinalIgnoreCase))
        {
            text = text[..text.LastIndexOf(':')];
        }
        else if (HasTag(text) && source.Equals(Cloud, StringComparison.OrdinalIgnoreCase) && HasTag(text[..text.LastIndexOf(':')]))
        {
            // In the list it has this name.
            return $"{text[..text.LastIndexOf(':')]}-{Cloud}";
        }

        text = text.EndsWith(DefaultTag, StringComparison.OrdinalIgnoreCase) ? text[..^DefaultTag.Length] : text;
        return text.Length == name.Length ? name : text.ToString();
    }

    private static bool HasTag(ReadOnlySpan<char> name) => name.LastIndexOf(':') > name.LastIndexOf('/');

    private static ReadOnlySpan<char> WithoutStart(ReadOnlySpan<char> text, string start) =>
        text.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? text[start.Length..] : text;
}
