using System.Text;
using System.Text.RegularExpressions;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>What differs between a step's expectations and what happened, in words that help to find out why.</summary>
internal static class WireComparison
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<string> Differences(WireStep step, WireAnswer answer, IReadOnlyList<RecordedRequest> calls) =>
        [.. OfCalls(step, calls), .. OfAnswer(step, answer)];

    private static IEnumerable<string> OfCalls(WireStep step, IReadOnlyList<RecordedRequest> calls)
    {
        var expected = step.Upstream;
        if (step.Unordered)
        {
            expected = [.. expected.OrderBy(call => call.Body, StringComparer.Ordinal)];
            calls = [.. calls.OrderBy(call => call.Body, StringComparer.Ordinal)];
        }

        if (expected.Count != calls.Count)
        {
            var came = calls.Count == 0 ? "none" : string.Join(", ", calls.Select(call => $"{call} {call.Body}"));
            yield return $"Ollama must get {expected.Count} calls and got {calls.Count}: {came}";
            yield break;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (Texts($"call {i + 1}", expected[i].Line, WireUpstream.LineOf(calls[i])) is { } line)
            {
                yield return line;
            }

            if (Texts($"body of call {i + 1}", expected[i].Body ?? "", calls[i].Body) is { } difference)
            {
                yield return difference;
            }

            foreach (var header in OfHeaders($"call {i + 1}", expected[i].Headers, calls[i].Headers))
            {
                yield return header;
            }
        }
    }

    private static IEnumerable<string> OfAnswer(WireStep step, WireAnswer answer)
    {
        if (step.Expect is not { } expected)
        {
            yield return "The case does not say what it expects.";
            yield break;
        }

        if (expected.Status != answer.Status)
        {
            yield return $"status: expected {expected.Status}, got {answer.Status}";
        }

        var headers = WireAnswer.Telling.ToDictionary(name => name, string? (_) => null, StringComparer.OrdinalIgnoreCase);
        headers["Content-Type"] = expected.Events is null ? WireAnswer.Json : WireAnswer.EventStream;
        foreach (var (name, value) in expected.Headers)
        {
            headers[name] = value;
        }

        foreach (var header in OfHeaders("answer", headers, answer.Headers))
        {
            yield return header;
        }

        var text = step.Unordered && answer.IsStream
            ? string.Concat(WireAnswer.ByChoice(WireAnswer.Frames(answer.Text)).Select(frame => frame + "\n\n"))
            : answer.Text;
        if (Texts("answer", expected.Text, text) is { } body)
        {
            yield return body;
        }
    }

    private static IEnumerable<string> OfHeaders(
        string what, IReadOnlyDictionary<string, string?> expected, IReadOnlyDictionary<string, string> actual)
    {
        foreach (var (name, value) in expected)
        {
            var got = actual.GetValueOrDefault(name);
            var right = value is ['~', .. var pattern]
                ? got is not null && Regex.IsMatch(got, pattern, RegexOptions.CultureInvariant, PatternLimit)
                : got == value;
            if (!right)
            {
                yield return $"{what}, header {name}: expected {value ?? "none"}, got {got ?? "none"}";
            }
        }
    }

    private static string? Texts(string what, string expected, string actual)
    {
        if (expected == actual)
        {
            return null;
        }

        var at = expected.AsSpan().CommonPrefixLength(actual);
        var text = new StringBuilder(what).Append(" differs at character ").Append(at).Append(":\n");
        text.Append("  expected …").Append(Around(expected, at)).Append('\n');
        text.Append("  actual   …").Append(Around(actual, at)).Append('\n');
        return text.Append("  whole:   ").Append(Shown(actual)).ToString();
    }

    private static string Around(string text, int at)
    {
        var from = Math.Max(0, at - 40);
        var shown = text[from..Math.Min(text.Length, at + 80)];
        return Shown(shown) + (at >= text.Length ? "<end>" : "");
    }

    private static string Shown(string text) => text.Replace("\n", "⏎", StringComparison.Ordinal);
}
