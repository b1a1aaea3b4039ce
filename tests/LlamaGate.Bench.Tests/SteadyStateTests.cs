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
        Array.ForEach(costs, cost => steady.Add(cost, requests: 1));

        Assert.Equal(reached, steady.IsReached);
    }

    [Fact]
    public void IsReached_AfterFewRequests_IsFalseWhateverTheCost()
    {
        var steady = new SteadyState(leastRequests: 100);
        for (var i = 0; i < 3; i++)
        {
            steady.Add(5, requests: 30);
        }

        Assert.False(steady.IsReached);
        steady.Add(5, requests: 10);
        Assert.True(steady.IsReached);
    }
}
