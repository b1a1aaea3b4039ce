using LlamaGate.Bench.Sharing;

namespace LlamaGate.Bench.Tests.Sharing;

public sealed class QuantilesTests
{
    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.95, 19)]
    [InlineData(0.951, 20)]
    [InlineData(1, 20)]
    [InlineData(0, 1)]
    public void Of_TwentyValuesInAnyOrder_IsTheNearestRank(double share, double expected) =>
        Assert.Equal(expected, Quantiles.Of(Enumerable.Range(1, 20).Reverse().Select(value => (double)value), share));

    [Fact]
    public void Of_OneValue_IsThatValue() => Assert.Equal(7, Quantiles.Of([7], 0.95));

    [Fact]
    public void Of_Nothing_IsNotANumber() => Assert.True(double.IsNaN(Quantiles.Of([], 0.95)));

    [Fact]
    public void Percent_OfParts_IsTheShareOfTheWhole()
    {
        var parts = new Dictionary<string, double>(StringComparer.Ordinal) { ["ann"] = 1, ["bob"] = 3 };

        Assert.Equal(75, Quantiles.Percent(parts, "bob"));
        Assert.Equal(0, Quantiles.Percent(parts, "eve"));
    }

    [Fact]
    public void Percent_OfNothing_IsNotANumber() =>
        Assert.True(double.IsNaN(Quantiles.Percent(new Dictionary<string, double>(StringComparer.Ordinal) { ["ann"] = 0 }, "ann")));
}
