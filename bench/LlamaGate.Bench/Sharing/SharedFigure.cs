using System.Text.Json.Serialization;

namespace LlamaGate.Bench.Sharing;

/// <summary>A row: the same figure of the clients that go direct and of those that go through the gateway.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Name">What was measured, with its unit.</param>
/// <param name="Direct">Null where it was not measured.</param>
/// <param name="Gateway">Null where it was not measured.</param>
internal sealed record SharedFigure(string Scenario, string Name, double? Direct, double? Gateway)
{
    [JsonIgnore]
    public Goal? Goal { get; init; }

    /// <summary>Gateway ÷ direct.</summary>
    public double? Ratio => Direct is not 0 && Gateway / Direct is { } ratio && double.IsFinite(ratio) ? ratio : null;

    [JsonPropertyName("goal")]
    public string? Wanted => Goal?.ToString();

    public bool? IsMet => Goal?.IsMet(Direct, Gateway);
}
