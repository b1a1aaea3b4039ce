namespace LlamaGate.Api.Authentication;

/// <summary>Every key in a request, from all three headers: a wrong one must not mask a right one.</summary>
internal static class PresentedKeys
{
    public const string HeaderName = "X-API-Key";

    /// <summary>The header that Azure's clients use.</summary>
    public const string AzureHeaderName = "api-key";

    private const string Bearer = "Bearer";

    /// <summary>HTTP's optional white space. Anything else, including a non-breaking space, is part of the key.</summary>
    private const string Blanks = " \t";

    public static PresentedKey Of(IHeaderDictionary headers, ApiKeyVerifier verifier)
    {
        var all = PresentedKey.Missing;
        foreach (var value in headers.Authorization)
        {
            all = Better(all, BearerToken(value), verifier);
        }

        return all is PresentedKey.Valid ? all : OfHeader(OfHeader(all, HeaderName), AzureHeaderName);

        PresentedKey OfHeader(PresentedKey others, string name)
        {
            foreach (var value in headers[name])
            {
                others = Better(others, value.AsSpan().Trim(Blanks), verifier);
            }

            return others;
        }
    }

    private static PresentedKey Better(PresentedKey all, ReadOnlySpan<char> key, ApiKeyVerifier verifier) => key switch
    {
        _ when all is PresentedKey.Valid || key.IsEmpty => all,
        _ => verifier.Matches(key) ? PresentedKey.Valid : PresentedKey.Invalid,
    };

    /// <summary>Empty for any other scheme.</summary>
    private static ReadOnlySpan<char> BearerToken(string? value)
    {
        var text = value.AsSpan().Trim(Blanks);
        var space = text.IndexOfAny(' ', '\t');
        return space > 0 && text[..space].Equals(Bearer, StringComparison.OrdinalIgnoreCase) ? text[space..].Trim(Blanks) : default;
    }
}
