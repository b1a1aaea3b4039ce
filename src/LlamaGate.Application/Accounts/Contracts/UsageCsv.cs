using System.Globalization;
using System.Text;

namespace LlamaGate.Application.Accounts.Contracts;

/// <summary>
/// A report as CSV by RFC 4180, with a line of names. A group that a spreadsheet would take for a formula begins with an apostrophe, because
/// the names of users come from their requests.
/// </summary>
public static class UsageCsv
{
    public const string MediaType = "text/csv; charset=utf-8; header=present";

    private const string LineEnd = "\r\n";

    public static string Write(UsageReport report)
    {
        var text = new StringBuilder();
        AppendLine(text, UsageReport.Fields.Prepend(UsageQueryText.NameOf(report.Query.By)));
        foreach (var row in report.Rows)
        {
            AppendLine(text, UsageReport.ValuesOf(row).Select(value => value.ToString(CultureInfo.InvariantCulture)).Prepend(ToCell(row.Group)));
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append(LineEnd);

    private static string ToCell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
