using LlamaGate.Application.Generation;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Generation;

public class ContentTokensTests
{
    [Theory]
    [InlineData("ab", "ab")]
    [InlineData("", "")]
    [InlineData("thab", "th,ab")]
    [InlineData("thabc", "th,ab")]
    public void Tokens_OfThinkingAndContent_EndWithThoseOfTheContent(string content, string expected)
    {
        var tokens = ContentTokens.Of([new TokenLogprob("th", -1, null, []), new TokenLogprob("ab", -1, null, [])], content);
        Assert.Equal(expected, string.Join(',', tokens.Select(token => token.Token)));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("né", 2)]
    [InlineData("😀", 1)]
    public void Length_OfAText_CountsUnicodeCharacters(string text, int expected) => Assert.Equal(expected, ContentTokens.LengthOf(text));
}
