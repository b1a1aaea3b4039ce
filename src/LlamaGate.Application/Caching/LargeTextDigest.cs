using System.Security.Cryptography;

namespace LlamaGate.Application.Caching;

/// <summary>
/// A digest of a large text, such as an image: GMAC under a secret of this process, which takes a third of SHA-256's time. Two texts have
/// the same one with a probability below 2^-100, and nobody can search for such texts without the secret. It is of no use in another
/// process, and neither is the cache. Where the platform has no AES-GCM it is SHA-256.
/// </summary>
internal static class LargeTextDigest
{
    public const int Bytes = SHA256.HashSizeInBytes;

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(16);

    /// <param name="digest">Of <see cref="Bytes"/>.</param>
    public static void Write(ReadOnlySpan<byte> text, Span<byte> digest)
    {
        if (!AesGcm.IsSupported)
        {
            SHA256.HashData(text, digest);
            return;
        }

        digest.Clear();
        var tagSize = AesGcm.TagByteSizes.MaxSize;
        using var gmac = new AesGcm(Secret, tagSize);
        // One nonce for all: the tags stay in this process, and equal texts need equal ones.
        Span<byte> nonce = stackalloc byte[AesGcm.NonceByteSizes.MaxSize];
        nonce.Clear();
        gmac.Encrypt(nonce, plaintext: default, ciphertext: default, digest[..tagSize], text);
    }
}
