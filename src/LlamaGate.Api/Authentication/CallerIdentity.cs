using System.Security.Claims;

namespace LlamaGate.Api.Authentication;

/// <summary>Who is calling. There is one key, so its holders are one caller; everybody else is an address.</summary>
internal static class CallerIdentity
{
    private const string KeyType = "api_key";

    public static ClaimsPrincipal Anonymous { get; } = new(new ClaimsIdentity("anonymous"));

    public static ClaimsPrincipal KeyHolder { get; } = new(new ClaimsIdentity(KeyType));

    public static bool IsKeyHolder(ClaimsPrincipal user) => user.Identity?.AuthenticationType is KeyType;
}
