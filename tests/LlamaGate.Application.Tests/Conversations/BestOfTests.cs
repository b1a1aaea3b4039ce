using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Tests.Conversations;

public class BestOfTests
{
    [Fact]
    public void Select_ByMeanAndNotBySum_TakesTheLikeliestFirst()
    {
        var chosen = BestOf.Select([Answer("long", -1, -1, -1), Answer("short", -2), Answer("best", -0.5)], choices: 2);
        Assert.Equal(["best", "long"], chosen.Select(answer => answer.Content), StringComparer.Ordinal);
    }

    [Fact]
    public void Select_OfAsManyAsWanted_KeepsTheirOrderAndNeedsNoLogprobs()
    {
        var chosen = BestOf.Select([Answer("b"), Answer("a")], choices: 2);
        Assert.Equal(["b", "a"], chosen.Select(answer => answer.Content), StringComparer.Ordinal);
    }

    [Fact]
    public void Select_OfAnEmptyAnswer_TakesItLast()
    {
        Assert.Equal("bad", Assert.Single(BestOf.Select([Answer(""), Answer("bad", -100)], choices: 1)).Content);
    }

    [Fact]
    public void Select_WithoutLogprobs_BlamesTheUpstream()
    {
        var exception = Assert.Throws<GatewayException>(() => BestOf.Select([Answer("a"), Answer("b")], choices: 1).ToList());
        Assert.Equal(GatewayError.UpstreamError, exception.Error);
    }

    private static AnswerChoice Answer(string text, params double[] logprobs) => new(
        text,
        Thinking: null,
        ToolCalls: [],
        [.. logprobs.Select(logprob => new Domain.Generation.TokenLogprob("t", logprob, null, []))],
        FinishReason: null);
}
