using System.Security.Cryptography;
using System.Text;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Compares keys in constant time: both are padded to the same length and compared to the end, so that the response time reveals neither
/// the content of the right key nor its length, except in steps of <see cref="Step"/>.
/// </summary>
internal sealed class ApiKeyVerifier
{
    private const int Step = 64;

    private volatile ExpectedKey _key;

    /// <param name="current">A changed key applies from the next request on; an empty one turns authentication off.</param>
    public ApiKeyVerifier(CurrentSettings current)
    {
        _key = new ExpectedKey(current.Settings.ApiKey);
        current.Replaced += (_, _) => _key = new ExpectedKey(current.Settings.ApiKey);
    }

    /// <summary>False when API_KEY is empty: then anyone may call.</summary>
    public bool IsRequired => _key.Length > 0;

    public bool Matches(ReadOnlySpan<char> candidate)
    {
        var key = _key;
        var length = Encoding.UTF8.GetByteCount(candidate);
        if (length > key.Padded.Length)
        {
            return false;
        }

        Span<byte> padded = key.Padded.Length <= 8 * Step ? stackalloc byte[key.Padded.Length] : new byte[key.Padded.Length];
        Encoding.UTF8.GetBytes(candidate, padded);
        // Not short-circuited: it must not be visible which of the two is wrong.
        return CryptographicOperations.FixedTimeEquals(padded, key.Padded) & (length == key.Length);
    }

    /// <summary>The right key in UTF-8, padded to the next full step.</summary>
    private sealed class ExpectedKey
    {
        public ExpectedKey(string key)
        {
            Length = Encoding.UTF8.GetByteCount(key);
            Padded = new byte[(Length / Step * Step) + Step];
            Encoding.UTF8.GetBytes(key, Padded);
        }

        public byte[] Padded { get; }

        public int Length { get; }
    }
}
