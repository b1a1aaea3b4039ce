using CsCheck;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Tests.Generation;

public class TokenUsageTests
{
    [Fact]
    public void TotalTokens_OfAnyCounts_IsTheirSum() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000])
            .Sample((prompt, completion) => new TokenUsage(prompt, completion).TotalTokens == prompt + completion);

    [Fact]
    public void Options_OfNothing_AreAllAbsent() =>
        Assert.All(typeof(GenerationOptions).GetProperties().Where(p => p.CanWrite), p => Assert.Null(p.GetValue(new GenerationOptions())));
}
