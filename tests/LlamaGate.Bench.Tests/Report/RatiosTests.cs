using LlamaGate.Bench.Report;

namespace LlamaGate.Bench.Tests.Report;

public sealed class RatiosTests
{
    [Theory]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 2, 3 })]
    [InlineData(7, new[] { double.NaN, 7 })]
    public void Median_OfValues_IsTheMiddleOne(double expected, double[] values) =>
        Assert.Equal(expected, Ratios.Median(values));

    [Fact]
    public void Median_OfNothing_IsNotANumber() => Assert.Equal(double.NaN, Ratios.Median([double.NaN]));

    /// <summary>The third round ran on a machine half as fast: the ratio does not see it, the ratio of medians would.
    /// </summary>
    [Fact]
    public void Paired_OnAMachineThatSlowsDown_ComparesNeighbours() =>
        Assert.Equal(2, Ratios.Paired([20, 22, 40], [10, 11, 20]));

    [Fact]
    public void Paired_WithNothingToCompareWith_IsNotANumber()
    {
        Assert.Equal(double.NaN, Ratios.Paired([1], []));
        Assert.Equal(double.NaN, Ratios.Paired([1], [0]));
        Assert.Equal(double.NaN, Ratios.Paired([-1], [-2]));
    }

    [Fact]
    public void Spread_OfTwoThatAreTheSame_IsTheirDistanceWithoutSign()
    {
        Assert.Equal(0, Ratios.Spread([5, 5], [5, 5]));
        Assert.Equal(0.2, Ratios.Spread([9, 11], [11, 9]), 10);
    }

    [Fact]
    public void Mean_OfServers_IsTakenRoundByRound()
    {
        Assert.Equal([2, 3], Ratios.Mean([[1, 2], [3, 4, 99]]));
        Assert.Empty(Ratios.Mean([]));
    }
}
