using LlamaGate.Application.Completions;
using LlamaGate.Domain.Completions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Tests.Completions;

public class BestOfTests
{
    [Fact]
    public void Select_ByMeanAndNotBySum_TakesTheLikeliestFirst()
    {
        var chosen = BestOf.Select([Answer("long", -1, -1, -1), Answer("short", -2), Answer("best", -0.5)], choices: 2);
        Assert.Equal(["best", "long"], chosen.Select(answer => answer.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void Select_OfAsManyAsWanted_KeepsTheirOrderAndNeedsNoLogprobs()
    {
        var chosen = BestOf.Select([new() { Text = "b" }, new() { Text = "a" }], choices: 2);
        Assert.Equal(["b", "a"], chosen.Select(answer => answer.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void Select_OfAnEmptyAnswer_TakesItLast()
    {
        Assert.Equal("bad", Assert.Single(BestOf.Select([new(), Answer("bad", -100)], choices: 1)).Text);
    }

    [Fact]
    public void Select_WithoutLogprobs_BlamesTheUpstream()
    {
        var exception = Assert.Throws<GatewayException>(() => BestOf.Select([new() { Text = "a" }, new() { Text = "b" }], choices: 1));
        Assert.Equal(GatewayError.UpstreamError, exception.Error);
    }

    private static GenerateUpdate Answer(string text, params double[] logprobs) =>
        new() { Text = text, Logprobs = [.. logprobs.Select(logprob => new Domain.Generation.TokenLogprob("t", logprob, null, []))] };
}
