using LlamaGate.Bench.Load;

namespace LlamaGate.Bench.Tests.Load;

public sealed class HistogramTests
{
    private static readonly double[] Shares = [0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1];

    [Fact]
    public void Quantile_OfManyMagnitudes_IsWithinOnePercentOfTheExactOne()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Pow(10, random.NextDouble() * 11)).ToArray();
        var histogram = new Histogram();
        Array.ForEach(values, histogram.Record);
        Array.Sort(values);

        Assert.All(Shares, share =>
        {
            var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
            Assert.InRange(histogram.Quantile(share), exact * 0.99, exact * 1.01);
        });
    }

    [Fact]
    public void Quantile_OfSmallValues_IsExact()
    {
        var histogram = new Histogram();
        for (var i = 1; i <= 100; i++)
        {
            histogram.Record(i);
        }

        Assert.Equal(50, histogram.Quantile(0.5));
        Assert.Equal(99, histogram.Quantile(0.99));
        Assert.Equal(100, histogram.Quantile(1));
    }

    [Fact]
    public void Quantile_OfNothing_IsNotANumber() => Assert.Equal(double.NaN, new Histogram().Quantile(0.5));

    [Fact]
    public void Quantile_AtBothEndsOfTheRange_StaysInIt()
    {
        var histogram = new Histogram();
        histogram.Record(-5);
        histogram.Record(long.MaxValue);

        Assert.Equal(0, histogram.Quantile(0.5));
        Assert.InRange(histogram.Quantile(1), long.MaxValue * 0.99, long.MaxValue);
    }

    [Fact]
    public void Add_OfTwo_CountsBoth()
    {
        var (one, other) = (new Histogram(), new Histogram());
        one.Record(10);
        other.Record(30);
        other.Record(20);

        one.Add(other);

        Assert.Equal(3, one.Count);
        Assert.Equal(30, one.Max);
        Assert.Equal(20, one.Quantile(0.5));
    }
}
