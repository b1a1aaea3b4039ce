namespace LlamaGate.Simulation.Report;

internal static class Quantiles
{
    /// <param name="part">0.5 = the median. Without a value the result is 0.</param>
    public static double Quantile(this IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
    }
}
