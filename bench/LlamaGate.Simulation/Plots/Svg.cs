using System.Globalization;
using System.Net;
using System.Text;

namespace LlamaGate.Simulation.Plots;

/// <summary>A picture with a title, that fits light and dark pages.</summary>
internal sealed class Svg
{
    public const double Width = 760;
    public const double Height = 330;

    /// <summary>The area of the plot; labels are around it.</summary>
    public const double Left = 64;
    public const double Right = 744;
    public const double Top = 58;
    public const double Bottom = 284;

    /// <summary>Colours that can be told apart on white and on black.</summary>
    private static readonly string[] Colours = ["#2f7ed8", "#e4572e", "#2ca25f", "#a65fd0", "#d99a00", "#8a8f98"];

    private readonly StringBuilder _text = new();

    public Svg(string title)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\"");
        Add($"""  font-family="system-ui, sans-serif" font-size="12">""");
        Add($"<title>{Escape(title)}</title>");
        Add($"<style>svg{{color:#1f2328;background:#fff}}@media (prefers-color-scheme:dark){{svg{{color:#e6edf3;background:#0d1117}}}}");
        Add($"text{{fill:currentColor}}.axis{{stroke:currentColor;stroke-opacity:.6}}.grid{{stroke:currentColor;stroke-opacity:.15}}");
        Add($".line{{fill:none;stroke-width:2;stroke-linejoin:round}}.thin{{fill:none;stroke-width:1.2;stroke-opacity:.7}}");
        Add($".load{{fill:currentColor;fill-opacity:.35}}</style>");
        Add($"""<text x="{Left}" y="22" font-size="15" font-weight="600">{Escape(title)}</text>""");
    }

    public static string Colour(int number) => Colours[number % Colours.Length];

    public void Add(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    public void Text(double x, double y, string text, string anchor = "start") =>
        Add($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Escape(text)}</text>""");

    /// <summary>Names of colours, in one row under the title.</summary>
    public void Legend(IEnumerable<(string Name, int? Colour)> entries)
    {
        var x = Left;
        foreach (var (name, colour) in entries)
        {
            if (colour is { } number)
            {
                Add($"""<rect x="{x:0.#}" y="36" width="12" height="10" rx="2" fill="{Colour(number)}"/>""");
            }
            else
            {
                Add($"""<rect x="{x:0.#}" y="36" width="12" height="10" rx="2" class="load"/>""");
            }

            Text(x + 17, 45, name);
            x += 32 + (name.Length * 6.4);
        }
    }

    /// <summary>The axis of time, in seconds.</summary>
    public void TimeAxis(double from, double until)
    {
        var step = NiceStep((until - from) / 8);
        for (var at = Math.Ceiling(from / step) * step; at <= until + 1e-9; at += step)
        {
            var x = X(at, from, until);
            Add($"""<path class="grid" d="M{x:0.#} {Top}V{Bottom}"/>""");
            Text(x, Bottom + 17, at.ToString("0.##", CultureInfo.InvariantCulture), "middle");
        }

        Add($"""<path class="axis" d="M{Left} {Bottom}H{Right}"/>""");
        Text((Left + Right) / 2, Bottom + 36, "seconds", "middle");
    }

    public static double X(double at, double from, double until) => Left + ((at - from) / (until - from) * (Right - Left));

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    public static double NiceStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var factor = least / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    public override string ToString() => $"{_text}</svg>\n";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
