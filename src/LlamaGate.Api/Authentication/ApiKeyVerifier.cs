using System.Security.Cryptography;
using System.Text;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Compares keys in constant time: both are brought to one length and compared to the end, so that the time an answer takes shows
/// neither the right key's content nor, but for its length in steps of <see cref="Step"/>, how long it is.
/// </summary>
internal sealed class ApiKeyVerifier
{
    private const int Step = 64;

    private readonly byte[] _expected;
    private readonly int _length;

    public ApiKeyVerifier(GatewaySettings settings)
    {
        IsRequired = settings.AuthenticationEnabled;
        _length = Encoding.UTF8.GetByteCount(settings.ApiKey);
        _expected = new byte[(_length / Step * Step) + Step];
        Encoding.UTF8.GetBytes(settings.ApiKey, _expected);
    }

    /// <summary>False when API_KEY is empty: then everybody may call.</summary>
    public bool IsRequired { get; }

    public bool IsRight(ReadOnlySpan<char> candidate)
    {
        var length = Encoding.UTF8.GetByteCount(candidate);
        if (length > _expected.Length)
        {
            return false;
        }

        Span<byte> padded = _expected.Length <= 8 * Step ? stackalloc byte[_expected.Length] : new byte[_expected.Length];
        Encoding.UTF8.GetBytes(candidate, padded);
        // Not short-circuited: which of the two is wrong must not show either.
        return CryptographicOperations.FixedTimeEquals(padded, _expected) & (length == _length);
    }
}
