using System.Globalization;
using System.Text;

namespace LlamaGate.Simulation.Plots;

/// <summary>Values over time, one line for each principal.</summary>
internal static class LineChart
{
    public static string Draw(string title, string unit, IReadOnlyList<Series> series)
    {
        var svg = new Svg(title);
        svg.Legend(series.Where(one => one.Name.Length > 0).Select(one => (one.Name, (int?)one.Colour)));
        var (from, until) = (series[0].Points[0].Time, series[0].Points[^1].Time);
        var step = Svg.NiceStep(series.Max(one => one.Points.Max(point => point.Value)) / 6);
        var most = Math.Ceiling(series.Max(one => one.Points.Max(point => point.Value)) / step) * step;
        for (var value = 0.0; value <= most + 1e-9; value += step)
        {
            var y = Y(value, most);
            svg.Add($"""<path class="grid" d="M{Svg.Left} {y:0.#}H{Svg.Right}"/>""");
            svg.Text(Svg.Left - 8, y + 4, value.ToString("0.##", CultureInfo.InvariantCulture), "end");
        }

        svg.TimeAxis(from, until);
        svg.Add($"""<path class="axis" d="M{Svg.Left} {Svg.Top}V{Svg.Bottom}"/>""");
        svg.Add($"""<text transform="translate(16 {(Svg.Top + Svg.Bottom) / 2}) rotate(-90)" text-anchor="middle">{unit}</text>""");
        foreach (var one in series)
        {
            var path = Path(one, from, until, most);
            svg.Add($"""<path class="{(one.IsThin ? "thin" : "line")}" stroke="{Svg.Colour(one.Colour)}" d="{path}"/>""");
        }

        return svg.ToString();
    }

    private static string Path(Series series, double from, double until, double most)
    {
        var path = new StringBuilder();
        foreach (var (time, value) in series.Points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L');
            path.Append(CultureInfo.InvariantCulture, $"{Svg.X(time, from, until):0.#} {Y(value, most):0.#}");
        }

        return path.ToString();
    }

    private static double Y(double value, double most) => Svg.Bottom - (value / most * (Svg.Bottom - Svg.Top));
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">In the legend; empty = not named there.</param>
/// <param name="Colour">See <see cref="Svg.Colour"/>.</param>
internal sealed record Series(string Name, int Colour, IReadOnlyList<(double Time, double Value)> Points)
{
    public bool IsThin { get; init; }
}
