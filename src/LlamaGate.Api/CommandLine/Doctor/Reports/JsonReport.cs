using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Api.Product;

namespace LlamaGate.Api.CommandLine.Doctor.Reports;

/// <summary>For scripts: one object when all checks have run.</summary>
internal sealed class JsonReport(TextWriter output, Uri gateway) : IReport
{
    private readonly List<JsonFinding> _findings = [];

    public Task AddAsync(string check, Finding finding, CancellationToken cancellationToken)
    {
        _findings.Add(new JsonFinding(check, finding.Host, finding.Severity, finding.Title, finding.Detail, finding.Advice));
        return Task.CompletedTask;
    }

    public Task EndAsync(Severity worst, CancellationToken cancellationToken)
    {
        var document = new JsonDiagnosis(ProductVersion.Text, gateway.AbsoluteUri, worst, _findings);
        var json = JsonSerializer.Serialize(document, ReportJsonContext.Instance.JsonDiagnosis);
        return output.WriteLineAsync(json.AsMemory(), cancellationToken);
    }
}

/// <param name="Version">Of LlamaGate.</param>
/// <param name="Url">The gateway's URL.</param>
/// <param name="Worst">The worst severity among the findings.</param>
internal sealed record JsonDiagnosis(string Version, string Url, Severity Worst, IReadOnlyList<JsonFinding> Findings);

/// <param name="Host">The host that the check was made for; left out when there is only one.</param>
internal sealed record JsonFinding(string Check, string? Host, Severity Severity, string Title, string? Detail, string? Advice);

/// <summary>Source-generated writing of the report.</summary>
[JsonSerializable(typeof(JsonDiagnosis))]
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    public static ReportJsonContext Instance { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        // Quotes stay readable: the text is for a terminal or a program, never for a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<Severity>(JsonNamingPolicy.SnakeCaseLower) },
    });
}
