namespace LlamaGate.Bench.Sharing;

/// <summary>Arithmetic over what was measured.</summary>
internal static class Quantiles
{
    /// <summary>The nearest rank; not a number when there are no values.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="share">From 0 to 1: 0.95 gives the value that 95 % do not exceed.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToArray();
        return ordered.Length == 0 ? double.NaN : ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];
    }

    /// <summary>One part of the whole in percent; not a number when the whole is nothing.</summary>
    /// <param name="parts">By name.</param>
    /// <param name="name">Whose share; a missing one has none.</param>
    public static double Percent(IReadOnlyDictionary<string, double> parts, string name) =>
        parts.Values.Sum() is > 0 and var whole ? 100 * parts.GetValueOrDefault(name) / whole : double.NaN;
}
