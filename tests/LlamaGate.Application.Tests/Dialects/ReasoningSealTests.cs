using LlamaGate.Application.Dialects;

namespace LlamaGate.Application.Tests.Dialects;

public sealed class ReasoningSealTests
{
    [Theory]
    [InlineData("Let me", "lg1.TGV0IG1l")]
    [InlineData("grüße 🦙", "lg1.Z3LDvMOfZSDwn6aZ")]
    public void A_sealed_thought_is_opened_again(string text, string seal)
    {
        Assert.Equal(seal, ReasoningSeal.Seal(text));
        Assert.Equal(text, ReasoningSeal.TryOpen(seal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lg1.")]
    [InlineData("lg2.TGV0IG1l")]
    [InlineData("TGV0IG1l")]
    [InlineData("lg1.not base64")]
    [InlineData("lg1.TGV0IG1")]
    [InlineData("lg1./w==")]
    public void What_is_no_seal_or_holds_no_text_is_not_opened(string? seal) => Assert.Null(ReasoningSeal.TryOpen(seal));
}
