using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Bench.Sharing;

/// <summary>Collects the figures of both sides and writes them.</summary>
internal sealed class SharingReport
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly List<SharedFigure> _figures = [];

    public IReadOnlyList<SharedFigure> Figures => _figures;

    /// <param name="scenario">Its name.</param>
    /// <param name="figure">What was measured, with its unit.</param>
    /// <param name="stage">The side.</param>
    /// <param name="value">Null adds nothing.</param>
    /// <param name="goal">Of the gateway's side.</param>
    public void Add(string scenario, string figure, Stage stage, double? value, Goal? goal = null) =>
        Add(scenario, figure, stage.IsGateway, value, goal);

    public void Add(string scenario, string figure, bool isGateway, double? value, Goal? goal)
    {
        if (value is null)
        {
            return;
        }

        var at = _figures.FindIndex(known => known.Scenario == scenario && known.Name == figure);
        if (at < 0)
        {
            at = _figures.Count;
            _figures.Add(new SharedFigure(scenario, figure, null, null) { Goal = goal });
        }

        _figures[at] = isGateway ? _figures[at] with { Gateway = value } : _figures[at] with { Direct = value };
    }

    /// <summary>Refused and broken calls are nobody's plan.</summary>
    public void AddFaults(string scenario, Stage stage, IReadOnlyCollection<ChatOutcome> outcomes) => Add(
        scenario,
        "refused or broken calls",
        stage,
        outcomes.Count(outcome => outcome.Ending is ChatEnding.Refused or ChatEnding.Broken),
        Goal.AtMost(0));

    public string Table() => string.Join('\n',
    [
        "| scenario | figure | direct | gateway | gateway ÷ direct | goal | |",
        "| --- | --- | ---: | ---: | ---: | --- | --- |",
        .. _figures.Select(figure =>
            $"| {figure.Scenario} | {figure.Name} | {Number(figure.Direct)} | {Number(figure.Gateway)} | {Number(figure.Ratio)} "
            + $"| {figure.Wanted} | {figure.IsMet switch { true => "met", false => "MISSED", null => string.Empty }} |"),
    ]);

    public string JsonLines() => string.Join('\n', _figures.Select(figure => JsonSerializer.Serialize(figure, Lines)));

    private static string Number(double? value) => value is { } number && double.IsFinite(number)
        ? number.ToString(Math.Abs(number) switch { >= 100 => "N0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture)
        : "–";
}
