using System.Text.Json;
using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>An answer of the gateway as the table compares it: random ids have given way to words.</summary>
internal sealed partial record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    /// <summary>The answer's own ids, which have given way to words in its text.</summary>
    public IReadOnlyList<string> Ids { get; private init; } = [];

    /// <summary>Headers whose absence says something too.</summary>
    public static readonly IReadOnlyList<string> Telling =
    [
        "X-LlamaGate-Ignored", "Retry-After", "retry-after-ms", "x-should-retry", "WWW-Authenticate", "Allow",
    ];

    public const string Json = "application/json; charset=utf-8";
    public const string EventStream = "text/event-stream; charset=utf-8";

    public bool IsStream => Headers.GetValueOrDefault("Content-Type") == EventStream;

    public static WireAnswer Of(HttpAnswer answer) => new(answer.Status, answer.Headers, WithoutIds(answer.Body))
    {
        Ids = [.. AnswerId().Matches(answer.Body).Select(match => match.Value).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>Ids of the gateway's own making; those that Ollama gives have other lengths.</summary>
    public static string WithoutIds(string text) => OwnId().Replace(text, "${kind}ID");

    /// <summary>As an expectation, to be written into a case.</summary>
    public WireExpectation ToExpectation(WireExpectation? previous)
    {
        var headers = Telling.Where(Headers.ContainsKey)
            .ToDictionary(name => name, name => (string?)Headers[name], StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in previous?.Headers.ToArray() ?? [])
        {
            headers[name] = value is not null && !value.StartsWith('~') ? Headers.GetValueOrDefault(name) : value;
        }

        return new WireExpectation(Status, headers, IsStream ? null : Text, IsStream ? Frames(Text) : null);
    }

    public static IReadOnlyList<string> Frames(string text) =>
        text.Split("\n\n") is [.. var frames, ""] ? frames : [.. text.Split("\n\n")];

    /// <summary>The same frames, those of each choice together, in their order.</summary>
    public static IEnumerable<string> ByChoice(IEnumerable<string> frames) => frames.OrderBy(ChoiceOf);

    private static int ChoiceOf(string frame)
    {
        const string data = "data: {";
        if (!frame.StartsWith(data, StringComparison.Ordinal))
        {
            return int.MaxValue;
        }

        var chunk = JsonElement.Parse(frame.AsSpan(data.Length - 1).ToString());
        return chunk.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0
            ? choices[0].GetProperty("index").GetInt32()
            : int.MaxValue;
    }

    [GeneratedRegex(
        @"\b(?<kind>chatcmpl-|call_|cmpl-|resp_|msg_|rs_|fc_|ctc_|tsc_|sh_|toolu_|srvtoolu_)[A-Za-z0-9]{24}\b", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex OwnId();

    [GeneratedRegex(
        @"\b(chatcmpl-|cmpl-|resp_)[A-Za-z0-9]{24}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AnswerId();
}
