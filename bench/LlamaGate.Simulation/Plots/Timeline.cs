namespace LlamaGate.Simulation.Plots;

/// <summary>What happens when, in rows.</summary>
internal static class Timeline
{
    private const double Gap = 3;

    /// <param name="rows">Names, from the top.</param>
    /// <param name="legend">A colour that is null stands for loads.</param>
    public static string Draw(
        string title, double until, IReadOnlyList<string> rows, IReadOnlyList<Span> spans, IEnumerable<(string Name, int? Colour)> legend)
    {
        var svg = new Svg(title);
        svg.Legend(legend);
        svg.TimeAxis(0, until);
        var height = (Svg.Bottom - Svg.Top) / rows.Count;
        for (var row = 0; row < rows.Count; row++)
        {
            svg.Text(Svg.Left - 8, Svg.Top + ((row + 0.5) * height) + 4, rows[row], "end");
        }

        foreach (var span in spans.Where(span => span.From < until))
        {
            var x = Svg.X(span.From, 0, until);
            var width = Math.Max(0.6, Svg.X(Math.Min(span.Until, until), 0, until) - x - 0.5);
            var y = Svg.Top + (span.Row * height) + (Gap / 2);
            var look = span.Colour is { } colour ? $"fill=\"{Svg.Colour(colour)}\"" : "class=\"load\"";
            svg.Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height - Gap:0.#}" {look}/>""");
        }

        return svg.ToString();
    }

    /// <summary>Puts spans into the first row of a block that is free.</summary>
    /// <param name="first">The block's first row.</param>
    public static IEnumerable<Span> Place(IEnumerable<(TimeSpan From, TimeSpan Until, int? Colour)> spans, int first, int rows)
    {
        var free = new TimeSpan[rows];
        foreach (var (from, until, colour) in spans.OrderBy(span => span.From))
        {
            var row = Array.FindIndex(free, end => end <= from);
            if (row >= 0)
            {
                free[row] = until;
                yield return new Span(first + row, from.TotalSeconds, until.TotalSeconds, colour);
            }
        }
    }
}

/// <summary>A part of a row, in seconds.</summary>
/// <param name="Colour">See <see cref="Svg.Colour"/>; null = a load.</param>
internal sealed record Span(int Row, double From, double Until, int? Colour);
