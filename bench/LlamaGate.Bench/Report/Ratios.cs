namespace LlamaGate.Bench.Report;

/// <summary>How the values of interleaved rounds become one figure.</summary>
internal static class Ratios
{
    /// <summary>The middle value, of an even number the mean of the two in the middle; NaNs do not count.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        return sorted.Length switch
        {
            0 => double.NaN,
            var n when n % 2 == 1 => sorted[n / 2],
            var n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
        };
    }

    /// <summary>
    /// The median of the rounds' ratios: each value is compared with what its neighbour in time measured, so that a
    /// machine that is slower for a while is slower for both.
    /// </summary>
    public static double Paired(IReadOnlyList<double> values, IReadOnlyList<double> baseline) =>
        Median(values.Zip(baseline, (value, against) => against <= 0 ? double.NaN : value / against));

    /// <summary>
    /// How far two servers that are the same came out apart, as a share: what is below it says nothing. The median of
    /// the rounds, each round's difference taken without its sign.
    /// </summary>
    public static double Spread(IReadOnlyList<double> one, IReadOnlyList<double> same) => Median(one.Zip(
        same, (a, b) => Math.Max(a, b) <= 0 ? double.NaN : Math.Abs(a - b) / ((Math.Abs(a) + Math.Abs(b)) / 2)));

    /// <summary>Round by round the mean of several servers.</summary>
    public static IReadOnlyList<double> Mean(IReadOnlyList<IReadOnlyList<double>> servers) => servers.Count == 0
        ? []
        : [.. Enumerable.Range(0, servers.Min(rounds => rounds.Count)).Select(i => servers.Average(rounds => rounds[i]))];
}
