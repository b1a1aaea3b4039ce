using System.Globalization;

namespace LlamaGate.OllamaEmulator.Scripts;

/// <summary>
/// Reads <c>tokens-20_first-500ms_fail-reset_at-3</c>: directives parted by underscores, each a key or a key-value
/// pair.
/// </summary>
internal static class DirectiveParser
{
    private const string DemoArguments = """{"city":"Paris","unit":"celsius"}""";
    private const int DefaultTokens = 5;
    private const int FloodLinesPerPacket = 64;

    public static Scenario Parse(string directives)
    {
        var answer = new ModelAnswer();
        var scenario = Scenario.Default;
        var speaks = false;
        foreach (var directive in directives.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = directive.IndexOf('-', StringComparison.Ordinal);
            var key = dash < 0 ? directive : directive[..dash];
            var value = dash < 0 ? string.Empty : directive[(dash + 1)..];
            answer = Say(answer, key, value);
            scenario = Play(scenario, key, value, directive);
            speaks |= key is "tokens" or "flood" or "line" or "tools" or "calls";
        }

        answer = speaks ? answer : answer with { Tokens = CountingTokens.Take(DefaultTokens) };
        return scenario.Answer is null ? scenario with { Answer = answer } : scenario;
    }

    private static ModelAnswer Say(ModelAnswer answer, string key, string value) => key switch
    {
        "tokens" or "flood" => answer with { Tokens = CountingTokens.Take(Number(value)) },
        "think" => answer with { Thinking = CountingTokens.Take(Number(value)) },
        "line" => answer with { Tokens = [new string('x', Bytes(value))] },
        "reason" => answer with { DoneReason = value },
        "tools" => answer with { ToolCallForm = FormOf(value), ToolCalls = Calls(Math.Max(1, answer.ToolCalls.Count)) },
        "calls" => answer with { ToolCalls = Calls(Number(value)) },
        _ => answer,
    };

    private static Scenario Play(Scenario scenario, string key, string value, string directive) => key switch
    {
        "tokens" or "think" or "line" or "reason" or "tools" or "calls" => scenario,
        "flood" when scenario.LinesPerPacket == 1 => scenario with { LinesPerPacket = FloodLinesPerPacket },
        "flood" => scenario,
        "first" => scenario with { FirstDelay = Duration(value) },
        "gap" => scenario with { Gap = Duration(value) },
        "split" => scenario with { SplitBytes = Number(value) },
        "pack" => scenario with { LinesPerPacket = Math.Max(1, Number(value)) },
        "at" => scenario with { EndingAt = Number(value) },
        "fail" => scenario with { Ending = EndingOf(value) },
        "status" => scenario with { Answer = RecordedErrors.For(Number(value)) },
        "busy" => scenario with { Answer = RecordedErrors.For(503) },
        "loadfail" => scenario with { Answer = RecordedErrors.For(500) },
        _ => throw new FormatException($"unknown directive '{directive}'"),
    };

    private static EmulatedToolCall[] Calls(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new EmulatedToolCall("get_weather", DemoArguments))];

    private static ToolCallForm FormOf(string value) => value switch
    {
        "own" => ToolCallForm.OwnLine,
        "done" => ToolCallForm.DoneLine,
        _ => throw new FormatException($"tools are 'own' or 'done', not '{value}'"),
    };

    private static Ending EndingOf(string value) => value switch
    {
        "silent" => Ending.Silent,
        "error" => Ending.ErrorLine,
        "reset" => Ending.Reset,
        "hang" => Ending.Hang,
        "garbage" => Ending.Garbage,
        _ => throw new FormatException($"a failure is silent, error, reset, hang or garbage, not '{value}'"),
    };

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{value}' is no whole number");

    /// <exception cref="FormatException">The text is no time.</exception>
    public static TimeSpan Duration(string value) => value switch
    {
        _ when value.EndsWith("ms", StringComparison.Ordinal) => TimeSpan.FromMilliseconds(Number(value[..^2])),
        _ when value.EndsWith('s') => TimeSpan.FromSeconds(Number(value[..^1])),
        _ => throw new FormatException($"'{value}' is no time such as 500ms or 2s"),
    };

    private static int Bytes(string value) => value switch
    {
        _ when value.EndsWith("mb", StringComparison.Ordinal) => checked(Number(value[..^2]) * 1024 * 1024),
        _ when value.EndsWith("kb", StringComparison.Ordinal) => checked(Number(value[..^2]) * 1024),
        _ => Number(value),
    };
}
