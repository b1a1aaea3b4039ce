using LlamaGate.Application.Dialects.Completions;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Completions;

public class CompletionLogprobsMappingTests
{
    [Fact]
    public void Offsets_OfTokens_CountUnicodeCharactersFromTheGivenOne()
    {
        var logprobs = CompletionLogprobsMapping.ToLogprobs([Token("né"), Token("😀"), Token("")], top: 0, offset: 3);
        Assert.Equal([3, 5, 6], logprobs.TextOffset);
        Assert.Null(logprobs.TopLogprobs);
    }

    [Fact]
    public void Top_WithoutTheTakenToken_HasItAddedAndTellsEachTextOnce()
    {
        var taken = new TokenLogprob("c", -5, null, [new("a", -1, null, []), new("�", -2, null, []), new("�", -3, null, [])]);
        var top = Assert.Single(CompletionLogprobsMapping.ToLogprobs([taken], top: 3, offset: 0).TopLogprobs!);
        Assert.Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = -1, ["�"] = -2, ["c"] = -5 }, top);
    }

    private static TokenLogprob Token(string text) => new(text, -1, null, []);
}
