namespace LlamaGate.Api.Authentication;

/// <summary>Every key a request brings, from both headers: a wrong one must not mask a right one.</summary>
internal static class PresentedKeys
{
    public const string HeaderName = "X-API-Key";
    private const string Bearer = "Bearer";

    public static PresentedKey Of(IHeaderDictionary headers, ApiKeyVerifier verifier)
    {
        var all = PresentedKey.Missing;
        foreach (var value in headers[HeaderName])
        {
            all = Better(all, value.AsSpan().Trim(), verifier);
        }

        foreach (var value in headers.Authorization)
        {
            all = Better(all, BearerToken(value), verifier);
        }

        return all;
    }

    private static PresentedKey Better(PresentedKey all, ReadOnlySpan<char> key, ApiKeyVerifier verifier) => key switch
    {
        _ when all is PresentedKey.Right || key.IsEmpty => all,
        _ => verifier.IsRight(key) ? PresentedKey.Right : PresentedKey.Wrong,
    };

    /// <summary>Empty when it is something else.</summary>
    private static ReadOnlySpan<char> BearerToken(string? value)
    {
        var text = value.AsSpan().Trim();
        var space = text.IndexOfAny(' ', '\t');
        return space > 0 && text[..space].Equals(Bearer, StringComparison.OrdinalIgnoreCase) ? text[space..].Trim() : default;
    }
}
