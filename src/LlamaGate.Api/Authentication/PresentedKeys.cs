namespace LlamaGate.Api.Authentication;

/// <summary>Every key a request brings, from both headers: a wrong one must not mask a right one.</summary>
internal static class PresentedKeys
{
    public const string HeaderName = "X-API-Key";
    private const string Bearer = "Bearer";

    public static IEnumerable<string> Of(IHeaderDictionary headers)
    {
        foreach (var value in headers[HeaderName])
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                yield return value.Trim();
            }
        }

        foreach (var value in headers.Authorization)
        {
            if (BearerToken(value) is { Length: > 0 } token)
            {
                yield return token;
            }
        }
    }

    private static string? BearerToken(string? value)
    {
        var text = value.AsSpan().Trim();
        var space = text.IndexOfAny(' ', '\t');
        return space > 0 && text[..space].Equals(Bearer, StringComparison.OrdinalIgnoreCase)
            ? text[space..].Trim().ToString()
            : null;
    }
}
