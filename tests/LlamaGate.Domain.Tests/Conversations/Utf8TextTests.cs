using CsCheck;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Domain.Tests.Conversations;

public class Utf8TextTests
{
    [Fact]
    public void ToString_OfAnyText_IsTheText() =>
        Gen.String[Gen.Char['\0', '\uD7FF'], 0, 40].Sample(text => ((Utf8Text)text).ToString() == text);

    [Fact]
    public void Equals_OfTexts_ComparesWhatTheySay() =>
        Gen.Select(Gen.String[Gen.Char['a', 'b'], 0, 3], Gen.String[Gen.Char['a', 'b'], 0, 3]).Sample((one, other) =>
        {
            Utf8Text left = one, right = other;
            var isSame = string.Equals(one, other, StringComparison.Ordinal);
            return left == right == isSame
                && left != right == !isSame
                && left.Equals((object)right) == isSame
                && (!isSame || left.GetHashCode() == right.GetHashCode());
        });

    [Fact]
    public void Default_Always_IsTheEmptyText()
    {
        Utf8Text empty = "";
        Assert.Equal(default, empty);
        Assert.Equal("", default(Utf8Text).ToString());
    }
}
