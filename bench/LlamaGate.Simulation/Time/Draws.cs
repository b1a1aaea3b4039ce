namespace LlamaGate.Simulation.Time;

/// <summary>Numbers at random that are the same in each run and on each system (SplitMix64).</summary>
/// <param name="seed">Names the sequence.</param>
internal sealed class Draws(long seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = unchecked((ulong)seed * 0xD1342543DE82EF95);

    /// <summary>A sequence of its own for each part of a scenario, so that one part more does not change the others.</summary>
    public static Draws For(int seed, int part) => new(((long)seed << 32) + part);

    /// <summary>Between 0 and 1, neither of them.</summary>
    public double Next()
    {
        var z = unchecked(_state += Step);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return (((z ^ (z >> 31)) >> 11) + 0.5) / (1UL << 53);
    }

    public double Between(double least, double most) => least + (Next() * (most - least));

    public int Below(int limit) => (int)(Next() * limit);

    /// <summary>Rounded to milliseconds, because the last digits of logarithms differ between systems.</summary>
    public TimeSpan Exponential(TimeSpan mean) => Milliseconds(-Math.Log(Next()) * mean.TotalMilliseconds);

    /// <param name="variation">Standard deviation divided by the mean; 0 = always the mean.</param>
    public TimeSpan LogNormal(TimeSpan mean, double variation)
    {
        var variance = Math.Log(1 + (variation * variation));
        var normal = Math.Sqrt(-2 * Math.Log(Next())) * Math.Cos(2 * Math.PI * Next());
        return Milliseconds(mean.TotalMilliseconds * Math.Exp((Math.Sqrt(variance) * normal) - (variance / 2)));
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(value)));
}
