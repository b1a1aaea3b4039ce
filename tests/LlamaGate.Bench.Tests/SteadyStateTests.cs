using LlamaGate.Bench.Scenarios;

namespace LlamaGate.Bench.Tests;

public sealed class SteadyStateTests
{
    [Theory]
    [InlineData(false, new double[] { 100, 90, 80, 70 })]
    [InlineData(false, new double[] { 100, 99 })]
    [InlineData(true, new double[] { 100, 99, 101 })]
    [InlineData(true, new double[] { 100, 80, 80, 79 })]
    [InlineData(false, new double[] { 100, 101, 80 })]
    public void IsReached_AfterCosts_WhenTwoWereNoImprovement(bool reached, double[] costs)
    {
        var steady = new SteadyState(leastRequests: 0);
        Array.ForEach(costs, cost => steady.Add(cost, requests: 1, compiled: 0));

        Assert.Equal(reached, steady.IsReached);
    }

    [Fact]
    public void IsReached_WhileMethodsAreCompiled_IsFalseWhateverTheCost()
    {
        var steady = new SteadyState(leastRequests: 0);
        foreach (var compiled in (long[])[900, 400, 150, 3])
        {
            steady.Add(5, requests: 1, compiled);
        }

        Assert.False(steady.IsReached);
        steady.Add(5, requests: 1, compiled: 0);
        Assert.True(steady.IsReached);
    }

    [Fact]
    public void IsReached_AfterFewRequests_IsFalseWhateverTheCost()
    {
        var steady = new SteadyState(leastRequests: 100);
        for (var i = 0; i < 3; i++)
        {
            steady.Add(5, requests: 30, compiled: 0);
        }

        Assert.False(steady.IsReached);
        steady.Add(5, requests: 10, compiled: 0);
        Assert.True(steady.IsReached);
    }
}
