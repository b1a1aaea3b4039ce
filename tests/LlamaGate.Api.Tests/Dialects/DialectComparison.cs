using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Dialects;

/// <summary>What differs between a step's expectations and what happened: what a case names must be there; more may be there.</summary>
internal static class DialectComparison
{
    private static readonly string[] FreeTexts = ["Tool ", "Found:", "[image", "Images of"];

    public static IEnumerable<string> Differences(DialectStep step, HttpAnswer answer, IReadOnlyList<RecordedRequest> calls) =>
        [.. OfAnswer(step, answer), .. OfCalls(step, calls)];

    private static IEnumerable<string> OfCalls(DialectStep step, IReadOnlyList<RecordedRequest> calls)
    {
        JsonElement[] expected = [.. step.Upstream.GetProperty("receives").EnumerateArray()];
        RecordedRequest[] came =
        [
            .. calls.Where(call => !DialectUpstream.IsOwnQuestion(call)
                || Array.Exists(expected, one => one.GetProperty("path").ValueEquals(call.Path))),
        ];
        if (expected.Length != came.Length)
        {
            return [$"Ollama must get {expected.Length} calls and got {came.Length}: {string.Join(", ", came.Select(call => call.Body))}"];
        }

        return expected.Zip(came).SelectMany(pair => OfCall(pair.First, pair.Second));
    }

    private static IEnumerable<string> OfCall(JsonElement expected, RecordedRequest call)
    {
        if (!expected.GetProperty("path").ValueEquals(call.Path) || !expected.GetProperty("method").ValueEquals(call.Method))
        {
            return [$"Ollama must get {expected.GetProperty("method")} {expected.GetProperty("path")} and got {call}"];
        }

        return expected.TryGetProperty("body", out var body) ? Of("upstream", body, call.Json(), IsFreeUpstream) : [];
    }

    private static bool IsFreeUpstream(string path) =>
        path is "upstream.shift" or "upstream.stream"
        || (path.StartsWith("upstream.tools[", StringComparison.Ordinal) && path.EndsWith(".description", StringComparison.Ordinal));

    private static List<string> OfAnswer(DialectStep step, HttpAnswer answer)
    {
        var expected = step.Answer;
        if (expected.GetProperty("status").GetInt32() != answer.Status)
        {
            return [$"status: expected {expected.GetProperty("status")}, got {answer.Status} {answer.Body}"];
        }

        var type = answer.Headers.GetValueOrDefault("Content-Type") ?? "none";
        List<string> differences = type.Split(';')[0] == expected.GetProperty("content_type").GetString()
            ? [] : [$"Content-Type: expected {expected.GetProperty("content_type")}, got {type}"];
        if (expected.TryGetProperty("events", out var events))
        {
            differences.AddRange(OfEvents([.. events.EnumerateArray()], EventsOf(answer.Body)));
        }
        else if (expected.TryGetProperty("lines", out var lines))
        {
            var came = answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
            differences.AddRange(Of("lines", lines, JsonSerializer.SerializeToElement(came), IsFreeInAnswer));
        }
        else if (expected.TryGetProperty("body", out var body))
        {
            differences.AddRange(Of("body", body, answer.Json, IsFreeInAnswer));
        }
        else if (!expected.GetProperty("text").ValueEquals(answer.Body))
        {
            differences.Add($"text: expected {expected.GetProperty("text")}, got {answer.Body}");
        }

        return differences;
    }

    private static bool IsFreeInAnswer(string path) => path == "body.input_tokens";

    private static IEnumerable<string> OfEvents(IReadOnlyList<JsonElement> expected, IReadOnlyList<(string? Name, string Data)> came)
    {
        var names = string.Join(", ", came.Select(one => one.Name));
        var right = string.Join(", ", expected.Select(one => one.GetProperty("event").GetString()));
        if (names != right)
        {
            return [$"events: expected {right}\n  got      {names}"];
        }

        return expected.Zip(came).SelectMany((pair, index) => Of(
            $"event {index} {pair.Second.Name}", pair.First.GetProperty("data"), JsonElement.Parse(pair.Second.Data), IsFreeInAnswer));
    }

    private static IReadOnlyList<(string? Name, string Data)> EventsOf(string body) =>
        [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => (Field(block, "event: "), Field(block, "data: ") ?? ""))
            .Where(one => one.Item1 != "ping" && one.Item2.Length > 0)];

    private static string? Field(string block, string name) =>
        Array.Find(block.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static IEnumerable<string> Of(string path, JsonElement expected, JsonElement actual, Predicate<string> isFree)
    {
        if (isFree(path))
        {
            return [];
        }

        return (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().SelectMany(member =>
                isFree($"{path}.{member.Name}") ? []
                : actual.TryGetProperty(member.Name, out var value) ? Of($"{path}.{member.Name}", member.Value, value, isFree)
                : [$"{path}.{member.Name} is missing; expected {member.Value.GetRawText()}"]),
            (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() == actual.GetArrayLength() =>
                expected.EnumerateArray().Zip(actual.EnumerateArray())
                    .SelectMany((pair, index) => Of($"{path}[{index}]", pair.First, pair.Second, isFree)),
            _ => IsSame(path, expected, actual) ? [] : [$"{path}: expected {expected.GetRawText()}\n  got      {actual.GetRawText()}"],
        };
    }

    private static bool IsSame(string path, JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != JsonValueKind.String)
        {
            return JsonElement.DeepEquals(expected, actual);
        }

        var text = expected.GetString()!;
        return text switch
        {
            "<time>" => actual.ValueKind == JsonValueKind.Number,
            ['<', .., '_', '>'] => actual is { ValueKind: JsonValueKind.String } && actual.GetString()!.Length > 0,
            _ when actual.ValueKind != JsonValueKind.String => false,
            _ when Array.Exists(FreeTexts, start => text.StartsWith(start, StringComparison.Ordinal)) => true,
            _ when IsMessage(path) && !text.StartsWith("prompt is too long", StringComparison.Ordinal) => true,
            _ => actual.ValueEquals(text),
        };
    }

    /// <summary>The wording of an error is free; the message of an answer is an object.</summary>
    private static bool IsMessage(string path) => path.EndsWith(".message", StringComparison.Ordinal);
}
