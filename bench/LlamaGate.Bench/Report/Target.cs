namespace LlamaGate.Bench.Report;

/// <summary>What a figure of the gateway should be; targets.json holds them all.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Figure">The figure's key.</param>
/// <param name="Versus">yarp: the ratio to YARP is meant; null: the value itself.</param>
internal sealed record Target(string Scenario, string Figure, string? Versus = null)
{
    /// <summary>The most that meets the target.</summary>
    public double? AtMost { get; init; }

    /// <summary>The least that meets the target.</summary>
    public double? AtLeast { get; init; }

    /// <summary>What may not be missed, when that is less than the target.</summary>
    public double? Floor { get; init; }

    /// <summary>False for what is reported only, because it is not steady from run to run.</summary>
    public bool Gate { get; init; }

    public string Judge(double value)
    {
        if (double.IsNaN(value))
        {
            return "not measured";
        }

        return Meets(value, AtMost, AtLeast) ? "met"
            : Floor is { } floor && Meets(value, AtMost is null ? null : floor, AtLeast is null ? null : floor) ? "floor only"
            : Gate ? "MISSED" : "missed (not gated)";
    }

    private static bool Meets(double value, double? atMost, double? atLeast) =>
        (atMost is not { } most || value <= most) && (atLeast is not { } least || value >= least);
}
