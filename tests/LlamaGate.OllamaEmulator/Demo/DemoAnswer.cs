using System.Text.Json;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Demo;

/// <summary>
/// The demo model's wit: it echoes, calls the tools it is offered, fills in schemas, and stops where it is told to.
/// </summary>
internal static class DemoAnswer
{
    private const int EchoedCharacters = 300;
    private static readonly string[] Thoughts = ["Let", " me", " think", " about", " this", " first"];

    public static ModelAnswer To(NativeRequest request, EmulatedModel model)
    {
        var thinks = model.Can("thinking") && request.Member("think") is not { ValueKind: JsonValueKind.False };
        var answer = DemoTools.CallFor(request) is { } call
            ? new ModelAnswer { ToolCalls = [call] }
            : new ModelAnswer { Tokens = Tokens(BeforeStop(Text(request), request.Option("stop"))) };
        return Limited(thinks ? answer with { Thinking = Thoughts } : answer, request.Option("num_predict"));
    }

    /// <summary>Words with the blank before them, so that the tokens joined are the text.</summary>
    public static IReadOnlyList<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i - 1])))
            {
                tokens.Add(text[start..i]);
                start = i;
            }
        }

        return tokens;
    }

    private static string Text(NativeRequest request)
    {
        var format = request.Member("format");
        var last = request.Messages.LastOrDefault();
        var asked = LastUserText(request);
        return (format?.ValueKind, NativeRequest.TextOf(last, "role")) switch
        {
            (JsonValueKind.Object, _) => SchemaInstance.Of(format.GetValueOrDefault(), asked),
            (JsonValueKind.String, _) when format.GetValueOrDefault().ValueEquals("json") =>
                $$"""{"answer":{{GoJson.Quote(Echo(asked))}}}""",
            (_, "tool") =>
                $"The tool has spoken, and it says: {Shortened(NativeRequest.TextOf(last, "content"))}. What else?",
            _ => Echo(asked),
        };
    }

    private static string Echo(string asked) =>
        asked.Length == 0
            ? "Hello! I am a stand-in without a model behind me, but a lively one."
            : $"You said \"{Shortened(asked)}\" – and I heard every word! I am only a stand-in, but a lively one.";

    private static string LastUserText(NativeRequest request)
    {
        var user = request.Messages.LastOrDefault(message => NativeRequest.TextOf(message, "role") == "user");
        return (NativeRequest.TextOf(user, "content") ?? request.Text("prompt") ?? string.Empty).Trim();
    }

    private static string Shortened(string? text)
    {
        var trimmed = (text ?? string.Empty).Trim();
        if (trimmed.Length <= EchoedCharacters)
        {
            return trimmed;
        }

        var end = char.IsHighSurrogate(trimmed[EchoedCharacters - 1]) ? EchoedCharacters - 1 : EchoedCharacters;
        return trimmed[..end] + "…";
    }

    private static string BeforeStop(string text, JsonElement? stop)
    {
        if (stop is not { ValueKind: JsonValueKind.Array } stops)
        {
            return text;
        }

        var ends = stops.EnumerateArray()
            .Where(item => item.ValueKind is JsonValueKind.String)
            .Select(item => item.GetString() ?? string.Empty)
            .Where(word => word.Length > 0)
            .Select(word => text.IndexOf(word, StringComparison.Ordinal))
            .Where(at => at >= 0);
        return text[..ends.DefaultIfEmpty(text.Length).Min()];
    }

    /// <summary>As recorded: 0 and negative limits are none, and a tool call that is cut off vanishes.</summary>
    private static ModelAnswer Limited(ModelAnswer answer, JsonElement? numPredict)
    {
        if (numPredict is not { ValueKind: JsonValueKind.Number } || !numPredict.Value.TryGetDouble(out var value)
            || (int)value is var limit && (limit <= 0 || limit >= answer.EvalCount))
        {
            return answer;
        }

        var thinking = answer.Thinking.Take(limit).ToArray();
        return answer with
        {
            Thinking = thinking,
            Tokens = [.. answer.Tokens.Take(limit - thinking.Length)],
            ToolCalls = [],
            DoneReason = "length",
        };
    }
}
