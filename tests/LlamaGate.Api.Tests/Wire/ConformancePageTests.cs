using System.Text;
using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// docs/conformance.md is made here: what the gateway does is read from the wire table, what Ollama's own layer does from its
/// recordings. <c>LLAMAGATE_WRITE_GOLDEN=1</c> writes it anew, to be read in the diff.
/// </summary>
public partial class ConformancePageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "conformance.md");

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "wire.md");

    /// <summary>Tables of wire.md whose rows are fields that a caller sends or reads.</summary>
    private static readonly string[] Areas = ["chat.", "embeddings.", "completions.", "responses."];

    /// <summary>Rows that tell how the gateway behaves rather than what becomes of a field.</summary>
    private static readonly string[] Behaviours = ["answer.id", "answer.reasoning", "stream.error", "stream.incomplete"];

    /// <summary>Rows that are no fields.</summary>
    private static readonly string[] NoFields =
    [
        "chat.message.echo", "embeddings.answer", "embeddings.cache", "completions.context", "completions.incomplete",
        "completions.cache", "responses.incomplete", "responses.cache",
    ];

    [Fact]
    public void Page_InTheDocuments_IsWhatTheTestsTell()
    {
        var page = Make();
        if (Environment.GetEnvironmentVariable("LLAMAGATE_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(Page, page);
            return;
        }

        Assert.Equal(page, File.ReadAllText(Page));
    }

    [Fact]
    public void Verdicts_OfOllamasLayer_AreOfRowsThatThereAre() =>
        Assert.Empty(LayerVerdicts.Rows.Except(WireDocument.ReadRows(), StringComparer.Ordinal));

    private static string Make()
    {
        var verdict = new ConformanceVerdict([.. WireCaseFile.ReadAll().SelectMany(file => file.Cases)]);
        var page = new StringBuilder(
            """
            # Conformance

            *The tests generate this page; do not edit it.* What LlamaGate does comes from the cases that prove the
            [wire contract](wire.md). What Ollama's own `/v1` layer (0.33.0-rc2) does comes from its recordings in
            `tests/recordings`, which the last column names. – means that there is no recording.

            """.ReplaceLineEndings("\n"));
        var heading = "";
        var started = false;
        foreach (var line in File.ReadLines(Document))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("### ", StringComparison.Ordinal))
            {
                (heading, started) = (line, false);
            }
            else if (Row().Match(line) is { Success: true } row && IsTold(row.Groups["id"].Value))
            {
                page.Append(started ? "" : Head(heading));
                started = true;
                Append(page, row.Groups["id"].Value, row.Groups["field"].Value, verdict);
            }
        }

        return page.ToString();
    }

    private static bool IsTold(string row) =>
        Behaviours.Contains(row, StringComparer.Ordinal) || LayerVerdicts.Rows.Contains(row, StringComparer.Ordinal)
        || (Areas.Any(area => row.StartsWith(area, StringComparison.Ordinal)) && !NoFields.Contains(row, StringComparer.Ordinal));

    private static string Head(string heading) =>
        $"\n{heading.Replace("### ", "## ", StringComparison.Ordinal)}\n\n| OpenAI | LlamaGate | Ollama's `/v1` | seen in |\n|---|---|---|---|\n";

    private static void Append(StringBuilder page, string row, string field, ConformanceVerdict verdict)
    {
        var (ollama, recordings) = LayerVerdicts.Of(row);
        var isError = row.StartsWith("errors.", StringComparison.Ordinal);
        var told = isError ? "OpenAI's envelope and code"
            : Behaviours.Contains(row, StringComparer.Ordinal) ? "supported"
            : verdict.Of(row);
        page.Append("| ").Append(isError ? $"`{row["errors.".Length..]}`" : field is "–" or "" ? $"*{row}*" : field)
            .Append(" | ").Append(told).Append(" | ").Append(ollama).Append(" | ").Append(recordings).Append(" |\n");
    }

    [GeneratedRegex(
        @"^\| (?<id>[a-z_]+(\.[a-z_]+)+) \| (?<field>[^|]*?) \|", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
