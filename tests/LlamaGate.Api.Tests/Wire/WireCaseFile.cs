using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// A file of cases. JSON stands in it as it goes over the wire, and its raw text is what is compared; other text is a string.
/// </summary>
internal sealed class WireCaseFile
{
    private const string SharedAnswers = "answers.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip };

    private WireCaseFile(string path, IReadOnlyDictionary<string, WireExpectation> answers)
    {
        Path = path;
        Answers = answers;
        using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
        Cases = [.. document.RootElement.EnumerateArray().Select(c => ToCase(c.Clone()))];
    }

    public static string Folder { get; } =
        System.IO.Path.Combine(Repository.Root, "tests", "LlamaGate.Api.Tests", "Wire", "Cases");

    public string Path { get; }

    /// <summary>Answers that many cases expect, by name.</summary>
    public IReadOnlyDictionary<string, WireExpectation> Answers { get; }

    public List<WireCase> Cases { get; }

    public static IReadOnlyList<WireCaseFile> ReadAll()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Folder, SharedAnswers)), Lenient);
        var answers = document.RootElement.EnumerateObject()
            .ToDictionary(a => a.Name, a => ToExpectation(a.Value.Clone()), StringComparer.Ordinal);
        return
        [
            .. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)
                .Where(path => System.IO.Path.GetFileName(path) != SharedAnswers)
                .Select(path => new WireCaseFile(path, answers)),
        ];
    }

    private WireCase ToCase(JsonElement json)
    {
        IReadOnlyList<WireStep> steps = json.TryGetProperty("steps", out var several)
            ? [.. several.EnumerateArray().Select(ToStep)]
            : [ToStep(json)];
        return new WireCase(
            json.GetProperty("row").GetString()!, json.GetProperty("name").GetString()!, Find(json, "gateway"), steps);
    }

    private WireStep ToStep(JsonElement json) => new()
    {
        Request = Find(json, "request")?.GetString() ?? WireStep.Chat,
        Headers = ToHeaders(json),
        Body = Find(json, "body") is { } body ? ToText(body) : null,
        BodySize = Find(json, "body_size")?.GetInt32(),
        ClockMinutes = Find(json, "clock_minutes")?.GetInt32(),
        Unordered = Find(json, "unordered")?.GetBoolean() ?? false,
        Upstream = Find(json, "upstream") is { } calls ? [.. calls.EnumerateArray().Select(ToCall)] : [],
        Expect = Find(json, "expect") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } name => Answers[name.GetString()!],
            { } expect => ToExpectation(expect),
        },
    };

    private static WireCall ToCall(JsonElement json) => new(
        json.GetProperty("call").GetString()!,
        ToHeaders(json),
        Find(json, "body") is { } body ? ToText(body) : null,
        Find(json, "answer"));

    private static WireExpectation ToExpectation(JsonElement json) => new(
        json.GetProperty("status").GetInt32(),
        ToHeaders(json),
        Find(json, "body") is { } body ? ToText(body) : null,
        Find(json, "events") is { } events ? [.. events.EnumerateArray().Select(ToFrame)] : null);

    private static Dictionary<string, string?> ToHeaders(JsonElement json) =>
        Find(json, "headers")?.EnumerateObject()
            .ToDictionary(h => h.Name, h => h.Value.GetString(), StringComparer.OrdinalIgnoreCase)
        ?? new(StringComparer.OrdinalIgnoreCase);

    internal static string ToText(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();

    /// <summary>JSON is an event's data; an object with event and data has a name too; a string is the frame itself.</summary>
    private static string ToFrame(JsonElement json) => json switch
    {
        { ValueKind: JsonValueKind.String } => json.GetString()!,
        _ when Find(json, "event") is { } name => $"event: {name.GetString()}\ndata: {json.GetProperty("data").GetRawText()}",
        _ => "data: " + json.GetRawText(),
    };

    private static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value : null;
}
