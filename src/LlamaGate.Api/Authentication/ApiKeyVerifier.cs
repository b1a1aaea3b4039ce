using System.Security.Cryptography;
using System.Text;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Compares keys in constant time: both sides are hashed first, so that neither content nor length of the right key
/// shows in the time an answer takes.
/// </summary>
internal sealed class ApiKeyVerifier(GatewaySettings settings)
{
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(settings.ApiKey));

    /// <summary>False when API_KEY is empty: then everybody may call.</summary>
    public bool IsRequired { get; } = settings.AuthenticationEnabled;

    public bool IsRight(string candidate)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(candidate), hash);
        return CryptographicOperations.FixedTimeEquals(hash, _expected);
    }
}
