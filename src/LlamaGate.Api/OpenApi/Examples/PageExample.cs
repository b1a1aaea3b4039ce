using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>One named example of a request or an answer, as it is sent.</summary>
/// <param name="Name">Its key in the document.</param>
/// <param name="Summary">Its line in the UI's list.</param>
/// <param name="Text">JSON, or another text as on the wire. <see cref="ExampleModels"/> has the placeholders for models.</param>
/// <param name="Status">The answer's status; null on a request.</param>
internal sealed record PageExample(string Name, string Summary, string Text, int? Status = null)
{
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";
    public const string PlainText = "text/plain";
    public const string OpenMetrics = "application/openmetrics-text";

    public string MediaType { get; init; } = Json;

    public static string KeyOf(int status) => status.ToString(CultureInfo.InvariantCulture);

    public OpenApiExample ToOpenApi() => new()
    {
        Summary = Summary,
        Value = MediaType == Json ? JsonNode.Parse(Text) : JsonValue.Create(Text),
    };
}
