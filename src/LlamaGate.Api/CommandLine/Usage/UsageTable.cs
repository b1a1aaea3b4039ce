using System.Globalization;
using System.Text;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Api.CommandLine.Usage;

/// <summary>A report for people: columns, and a last line with the sums.</summary>
internal static class UsageTable
{
    private const int Gap = 2;
    private const string Nobody = "-";

    public static string Write(UsageReport report)
    {
        if (report.Rows.Count == 0)
        {
            return $"No usage from {UsageQueryText.Of(report.Query.From)} to {UsageQueryText.Of(report.Query.To)}.{Environment.NewLine}";
        }

        var total = report.Rows.Aggregate(new UsageRow("total"), static (sum, row) => sum.Plus(row));
        List<string[]> lines =
        [
            [UsageQueryText.NameOf(report.Query.By), .. UsageReport.Fields.Select(name => name.Replace('_', ' '))],
            .. report.Rows.Append(total).Select(ToCells),
        ];
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            // Names begin at the left, numbers end at the right.
            var cells = line.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column] + Gap));
            text.AppendLine(string.Concat(cells).TrimEnd());
        }

        return text.ToString();
    }

    private static string[] ToCells(UsageRow row) =>
    [
        Printable(row.Group), .. UsageReport.ValuesOf(row).Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)),
    ];

    /// <summary>A user's name comes from a request: nothing in it may move the cursor of a terminal.</summary>
    private static string Printable(string group) =>
        group.Length == 0 ? Nobody : string.Concat(group.Select(letter => char.IsControl(letter) ? '?' : letter));
}
