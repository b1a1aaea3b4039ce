using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Authentication;

/// <summary>Every key in a request, from all three headers: a wrong one must not mask a right one, and the first right one counts.</summary>
internal static class PresentedKeys
{
    public const string HeaderName = "X-API-Key";

    /// <summary>The header that Azure's clients use.</summary>
    public const string AzureHeaderName = "api-key";

    private const string Bearer = "Bearer";

    /// <summary>HTTP's optional white space. Anything else, including a non-breaking space, is part of the key.</summary>
    private const string Blanks = " \t";

    /// <param name="caller">The holder of the first valid key; null when there is none.</param>
    public static PresentedKey Of(IHeaderDictionary headers, ICallerDirectory callers, out Caller? caller)
    {
        var all = PresentedKey.Missing;
        caller = null;
        foreach (var value in headers.Authorization)
        {
            Take(BearerToken(value), callers, ref all, ref caller);
        }

        TakeHeader(headers, HeaderName, callers, ref all, ref caller);
        TakeHeader(headers, AzureHeaderName, callers, ref all, ref caller);
        return all;
    }

    /// <summary>Whether a request that was let into the administration still would be.</summary>
    public static bool MayAdminister(IHeaderDictionary headers, ICallerDirectory callers)
    {
        Of(headers, callers, out var caller);
        return caller is { Policy.IsAdmin: true };
    }

    private static void TakeHeader(
        IHeaderDictionary headers, string name, ICallerDirectory callers, ref PresentedKey all, ref Caller? caller)
    {
        if (all is PresentedKey.Valid)
        {
            return;
        }

        foreach (var value in headers[name])
        {
            Take(value.AsSpan().Trim(Blanks), callers, ref all, ref caller);
        }
    }

    private static void Take(ReadOnlySpan<char> key, ICallerDirectory callers, ref PresentedKey all, ref Caller? caller)
    {
        if (all is PresentedKey.Valid || key.IsEmpty)
        {
            return;
        }

        var found = ToPresentedKey(callers.Find(key, out var holder));
        if (found > all)
        {
            all = found;
            caller = found is PresentedKey.Valid ? holder : null;
        }
    }

    private static PresentedKey ToPresentedKey(KeyVerdict verdict) => verdict switch
    {
        KeyVerdict.Right => PresentedKey.Valid,
        KeyVerdict.Disabled => PresentedKey.Disabled,
        KeyVerdict.Expired => PresentedKey.Expired,
        _ => PresentedKey.Invalid,
    };

    /// <summary>Empty for any other scheme.</summary>
    private static ReadOnlySpan<char> BearerToken(string? value)
    {
        var text = value.AsSpan().Trim(Blanks);
        var space = text.IndexOfAny(' ', '\t');
        return space > 0 && text[..space].Equals(Bearer, StringComparison.OrdinalIgnoreCase) ? text[space..].Trim(Blanks) : default;
    }
}
