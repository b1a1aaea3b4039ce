using System.Buffers.Text;
using System.Security.Cryptography;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Editing;

/// <summary>A key that nobody has yet: 256 random bits in characters that need no quoting anywhere.</summary>
/// <param name="Text">As clients send it. Shown once and stored nowhere.</param>
internal sealed record NewSecret(string Text, KeyDigest Digest)
{
    private const string Prefix = "lg-";
    private const int RandomBytes = 32;

    public static NewSecret Create()
    {
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return new NewSecret(text, KeyDigest.Of(text));
    }

    /// <summary>A record would print the secret.</summary>
    public override string ToString() => nameof(NewSecret);
}
