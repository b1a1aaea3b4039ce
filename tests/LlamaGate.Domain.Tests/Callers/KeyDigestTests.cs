using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Tests.Callers;

public sealed class KeyDigestTests
{
    /// <summary>SHA-256 of "abc", from FIPS 180-2.</summary>
    private const string OfAbc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Of_Key_IsItsSha256() => Assert.Equal(OfAbc, KeyDigest.Of("abc").ToText());

    [Fact]
    public void Of_LongKeyInUtf8_IsItsSha256()
    {
        var key = new string('é', 5000);
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
        Assert.Equal("sha256:" + expected, KeyDigest.Of(key).ToText());
    }

    [Fact]
    public void TryParse_UpperCase_IsTheSame()
    {
        Assert.True(KeyDigest.TryParse("sha256:" + OfAbc[7..].ToUpperInvariant(), out var digest));
        Assert.Equal(KeyDigest.Of("abc"), digest);
        Assert.Equal(KeyDigest.Of("abc").GetHashCode(), digest.GetHashCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("SHA256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adaa")]
    [InlineData("sha256:ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void TryParse_OtherText_IsNone(string? text) => Assert.False(KeyDigest.TryParse(text, out _));

    /// <summary>Every bit counts, in either half.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(38)]
    [InlineData(39)]
    [InlineData(70)]
    public void Equals_OneDigitDiffers_IsFalse(int at)
    {
        var other = OfAbc[..at] + (OfAbc[at] == '0' ? '1' : '0') + OfAbc[(at + 1)..];
        Assert.True(KeyDigest.TryParse(other, out var digest));
        Assert.NotEqual(KeyDigest.Of("abc"), digest);
    }

    [Fact]
    public void ToString_ForALog_ShowsNoDigest() => Assert.Equal("sha256:(not shown)", KeyDigest.Of("abc").ToString());
}
