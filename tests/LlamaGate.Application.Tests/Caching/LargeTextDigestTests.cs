using LlamaGate.Application.Caching;

namespace LlamaGate.Application.Tests.Caching;

public class LargeTextDigestTests
{
    [Fact]
    public void Write_OfEqualTexts_IsEqual() => Assert.Equal(DigestOf(new byte[100_000]), DigestOf(new byte[100_000]));

    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    [InlineData(99_999)]
    public void Write_OfTextsThatDifferInOneBit_Differs(int place)
    {
        var other = new byte[100_000];
        other[place] = 1;
        Assert.NotEqual(DigestOf(new byte[100_000]), DigestOf(other));
    }

    [Fact]
    public void Write_OfTextsOfDifferentLength_Differs() => Assert.NotEqual(DigestOf(new byte[100_000]), DigestOf(new byte[100_001]));

    private static byte[] DigestOf(byte[] text)
    {
        var digest = new byte[LargeTextDigest.Bytes];
        LargeTextDigest.Write(text, digest);
        return digest;
    }
}
