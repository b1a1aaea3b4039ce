using System.Globalization;

namespace LlamaGate.Simulation.Report;

/// <summary>A figure with its target.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">As it is printed.</param>
/// <param name="Target">As it is printed; empty = the figure is for comparison only.</param>
/// <param name="IsMet">Whether the target is met.</param>
internal sealed record Figure(string Name, string Value, string Target, bool IsMet)
{
    /// <summary>Sums of many numbers are not exact to the last digit.</summary>
    private const double Rounding = 1e-9;

    /// <summary>It depends on the machine, so it is not the same in each run.</summary>
    public bool IsMeasured { get; init; }

    public static Figure AtMost(string name, double value, double most, string unit = "", string format = "0.##") =>
        new(name, Text(value, unit, format), $"≤ {Text(most, unit, "0.##")}", value <= most + Rounding);

    public static Figure AtLeast(string name, double value, double least, string unit = "", string format = "0.##") =>
        new(name, Text(value, unit, format), $"≥ {Text(least, unit, "0.##")}", value >= least - Rounding);

    /// <summary>The value furthest from the middle.</summary>
    public static Figure Within(string name, double value, double middle, double tolerance, string unit = "") =>
        new(name, Text(value, unit, "0.0"), $"{Text(middle, unit, "0.#")} ± {tolerance}", Math.Abs(value - middle) <= tolerance);

    public static Figure Note(string name, double value, string unit = "", string format = "0.##") =>
        new(name, Text(value, unit, format), "", IsMet: true);

    private static string Text(double value, string unit, string format) =>
        (value.ToString(format, CultureInfo.InvariantCulture) + " " + unit).TrimEnd();
}
