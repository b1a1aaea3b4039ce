using System.Security.Claims;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Who is calling. There is one key, so its holders are one caller; everybody else is an address. One of each for all requests: they
/// say nothing of the caller but which kind it is.
/// </summary>
internal static class CallerIdentity
{
    /// <summary>Somebody who needs no key, because there is none.</summary>
    public static ClaimsPrincipal Anonymous { get; } = new(new ClaimsIdentity("anonymous"));

    public static ClaimsPrincipal KeyHolder { get; } = new(new ClaimsIdentity("api_key"));

    public static bool IsKeyHolder(ClaimsPrincipal user) => ReferenceEquals(user, KeyHolder);

    /// <summary>False when a key is needed and did not come.</summary>
    public static bool IsKnown(ClaimsPrincipal user) => IsKeyHolder(user) || ReferenceEquals(user, Anonymous);
}
