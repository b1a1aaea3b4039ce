using System.Globalization;

namespace LlamaGate.Bench.Sharing;

/// <summary>What the gateway's side of a figure has to be.</summary>
/// <param name="Compares">With what the bound is compared.</param>
/// <param name="Bound">The most, or the least.</param>
internal sealed record Goal(GoalKind Compares, double Bound)
{
    /// <summary>The gateway's value divided by that of the clients going direct.</summary>
    public static Goal RatioAtMost(double bound) => new(GoalKind.RatioAtMost, bound);

    public static Goal AtMost(double bound) => new(GoalKind.AtMost, bound);

    public static Goal AtLeast(double bound) => new(GoalKind.AtLeast, bound);

    /// <summary>Null where the gateway's value, or the direct one that it needs, is missing.</summary>
    public bool? IsMet(double? direct, double? gateway) => (Compares, direct, gateway) switch
    {
        (_, _, null or double.NaN) => null,
        (GoalKind.AtMost, _, { } value) => value <= Bound,
        (GoalKind.AtLeast, _, { } value) => value >= Bound,
        (GoalKind.RatioAtMost, { } other, { } value) => value <= Bound * other,
        _ => null,
    };

    public override string ToString() => Compares switch
    {
        GoalKind.AtLeast => string.Create(CultureInfo.InvariantCulture, $"≥ {Bound}"),
        GoalKind.AtMost => string.Create(CultureInfo.InvariantCulture, $"≤ {Bound}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"≤ {Bound} × direct"),
    };
}

/// <summary>How a goal compares.</summary>
internal enum GoalKind
{
    AtMost,
    AtLeast,
    RatioAtMost,
}
