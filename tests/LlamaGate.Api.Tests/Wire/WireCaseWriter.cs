using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// Writes what happened into the files of the cases: <c>LLAMAGATE_WRITE_WIRE=missing</c> where a case does not say what it
/// expects, <c>=all</c> everywhere. What is written is read against docs/wire.md before it is kept.
/// </summary>
internal static class WireCaseWriter
{
    public const string Variable = "LLAMAGATE_WRITE_WIRE";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsAsked => Environment.GetEnvironmentVariable(Variable) is "missing" or "all";

    private static bool Everything => Environment.GetEnvironmentVariable(Variable) == "all";

    public static WireStep Fill(WireStep step, WireAnswer answer, IReadOnlyList<RecordedRequest> calls)
    {
        var upstream = step.Upstream;
        // Calls that run at once come in any order, so that nobody can tell which is which: those are written by hand.
        if (!step.Unordered && calls.Count == upstream.Count && (Everything || upstream.Any(call => call.Body is null)))
        {
            upstream = [.. upstream.Zip(calls, (call, came) => call with { Body = came.Body.Length == 0 ? null : came.Body })];
        }

        var expect = Everything || step.Expect is null ? answer.ToExpectation(step.Expect) : step.Expect;
        if (step.Unordered && expect.Events is { } events)
        {
            expect = expect with { Events = [.. WireAnswer.ByChoice(events)] };
        }

        return step with { Upstream = upstream, Expect = expect };
    }

    public static void Write(WireCaseFile file)
    {
        var text = new StringBuilder("[\n");
        foreach (var written in file.Cases)
        {
            text.Append("  {\n    \"row\": ").Append(Quote(written.Row)).Append(",\n    \"name\": ").Append(Quote(written.Name));
            if (written.Gateway is { } gateway)
            {
                text.Append(",\n    \"gateway\": ").Append(gateway.GetRawText());
            }

            if (written.Steps is [var only])
            {
                AppendStep(text, only, "    ", file.Answers);
            }
            else
            {
                text.Append(",\n    \"steps\": [");
                foreach (var step in written.Steps)
                {
                    text.Append(step == written.Steps[0] ? "\n      {" : ",\n      {");
                    var from = text.Length;
                    AppendStep(text, step, "        ", file.Answers);
                    text.Remove(from, 1).Append("\n      }");
                }

                text.Append("\n    ]");
            }

            text.Append(written == file.Cases[^1] ? "\n  }\n" : "\n  },\n");
        }

        File.WriteAllText(file.Path, text.Append("]\n").ToString());
    }

    private static void AppendStep(
        StringBuilder text, WireStep step, string indent, IReadOnlyDictionary<string, WireExpectation> answers)
    {
        void Member(string name, string? json)
        {
            if (json is not null)
            {
                text.Append(",\n").Append(indent).Append('"').Append(name).Append("\": ").Append(json);
            }
        }

        Member("request", step.Request == WireStep.Chat ? null : Quote(step.Request));
        Member("headers", Headers(step.Headers));
        Member("body", step.Body is null ? null : Json(step.Body));
        Member("body_size", step.BodySize?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Member("clock_minutes", step.ClockMinutes?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Member("unordered", step.Unordered ? "true" : null);
        Member("upstream", step.Upstream.Count == 0 ? "[]" : List(step.Upstream.Select(Call), indent));
        Member("expect", step.Expect is null ? null : Expectation(step.Expect, indent, answers));
    }

    private static string Call(WireCall call)
    {
        var text = new StringBuilder("{\"call\": ").Append(Quote(call.Line));
        text.Append(Headers(call.Headers) is { } headers ? ", \"headers\": " + headers : "");
        text.Append(call.Body is { } body ? ", \"body\": " + Json(body) : "");
        text.Append(call.Answer is { } answer ? ", \"answer\": " + answer.GetRawText() : "");
        return text.Append('}').ToString();
    }

    private static string Expectation(
        WireExpectation expect, string indent, IReadOnlyDictionary<string, WireExpectation> answers)
    {
        if (answers.FirstOrDefault(named => IsSame(named.Value, expect)).Key is { } name)
        {
            return Quote(name);
        }

        var text = new StringBuilder("{\n").Append(indent).Append("  \"status\": ").Append(expect.Status);
        if (Headers(expect.Headers) is { } headers)
        {
            text.Append(",\n").Append(indent).Append("  \"headers\": ").Append(headers);
        }

        text.Append(",\n").Append(indent).Append(expect.Events is { } events
            ? "  \"events\": " + List(events.Select(Frame), indent + "  ")
            : "  \"body\": " + Json(expect.Body ?? ""));
        return text.Append('\n').Append(indent).Append('}').ToString();
    }

    private static bool IsSame(WireExpectation one, WireExpectation other) =>
        one.Status == other.Status && one.Text == other.Text && one.Headers.Count == other.Headers.Count
        && one.Headers.All(header => other.Headers.TryGetValue(header.Key, out var value) && value == header.Value);

    private static string List(IEnumerable<string> items, string indent) =>
        "[" + string.Join(",", items.Select(item => $"\n{indent}  {item}")) + $"\n{indent}]";

    private static string Frame(string frame)
    {
        if (frame.StartsWith("data: {", StringComparison.Ordinal))
        {
            return frame["data: ".Length..];
        }

        return frame.Split('\n') is [['e', 'v', 'e', 'n', 't', ':', ' ', .. var name], ['d', 'a', 't', 'a', ':', ' ', .. var data]]
            ? $"{{\"event\": {Quote(name)}, \"data\": {data}}}"
            : Quote(frame);
    }

    private static string? Headers(IReadOnlyDictionary<string, string?> headers) => headers.Count == 0
        ? null
        : "{" + string.Join(", ", headers.Select(h => $"{Quote(h.Key)}: {(h.Value is null ? "null" : Quote(h.Value))}")) + "}";

    /// <summary>JSON as it is; what is none, or would not come back as the same text, as a string.</summary>
    private static string Json(string text)
    {
        try
        {
            var json = JsonElement.Parse(text);
            return json.ValueKind != JsonValueKind.String && json.GetRawText() == text && !text.Contains('\n', StringComparison.Ordinal)
                ? text
                : Quote(text);
        }
        catch (JsonException)
        {
            return Quote(text);
        }
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);
}
