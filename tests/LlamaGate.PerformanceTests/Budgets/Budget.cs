namespace LlamaGate.PerformanceTests.Budgets;

/// <summary>How much a hot path may allocate, since when and why.</summary>
/// <param name="Date">Year, month, day.</param>
/// <param name="Bytes">Most bytes for each of what the path is budgeted by.</param>
/// <param name="Why">What changed.</param>
internal sealed record Budget(string Date, long Bytes, string Why)
{
    /// <summary>Room above what was measured: runs differ by 1.3 % at most, and most by a tenth of that.</summary>
    private const double Room = 1.02;

    /// <summary>Below this part of it a budget has become so wide that it no longer guards anything.</summary>
    private const double Tight = 0.85;

    /// <summary>The budget for a path that was measured so: a little above, in three digits.</summary>
    public static long For(double measured)
    {
        var wanted = measured * Room;
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, wanted))) - 2));
        return (long)(Math.Ceiling(wanted / step) * step);
    }

    /// <returns>What is wrong with a path that was measured so; null when it keeps to its budget.</returns>
    public string? Complaint(double measured) => measured switch
    {
        _ when measured > Bytes =>
            $"It allocates {measured:F0} bytes; the budget since {Date} is {Bytes} ({Why}). --types says what it allocates.",
        _ when measured < Bytes * Tight =>
            $"It allocates only {measured:F0} bytes. Tighten its budget from {Bytes} to {For(measured)}: --accept does so.",
        _ => null,
    };
}
