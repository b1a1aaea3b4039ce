using System.Buffers;
using System.Text.Json;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>
/// The text in the body of an error. Ollama's form is <c>{"error":"text"}</c>, where the text may be a whole JSON body from the runner;
/// proxies in front of Ollama send an object instead, or <c>detail</c> or <c>message</c>.
/// </summary>
/// <param name="Message">For display; not blank.</param>
/// <param name="ExceededContext">For a prompt that does not fit, if the runner reports the numbers.</param>
internal sealed record OllamaErrorText(string Message, ExceededContext? ExceededContext = null)
{
    /// <summary>Deeper than any known case: nested bodies come from outside and need a limit.</summary>
    private const int MaxDepth = 4;

    private static readonly string[] Members = ["error", "message", "detail", "msg"];

    /// <summary>Null when there is no readable error.</summary>
    public static OllamaErrorText? Read(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object ? OfObject(document.RootElement, 0) : null;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            return null;
        }
    }

    /// <param name="error">The value of <c>error</c>.</param>
    public static OllamaErrorText? Of(JsonElement error) => OfValue(error, 0);

    private static OllamaErrorText? OfValue(JsonElement value, int depth) => value.ValueKind switch
    {
        _ when depth > MaxDepth => null,
        JsonValueKind.String => OfText(value.GetString()!, depth),
        JsonValueKind.Object => OfObject(value, depth),
        JsonValueKind.Array when value.GetArrayLength() > 0 => OfValue(value[0], depth + 1),
        _ => null,
    };

    private static OllamaErrorText? OfObject(JsonElement body, int depth)
    {
        foreach (var name in Members)
        {
            if (body.TryGetProperty(name, out var value) && OfValue(value, depth + 1) is { } text)
            {
                return text with { ExceededContext = text.ExceededContext ?? ContextOf(body) };
            }
        }

        return null;
    }

    private static OllamaErrorText? OfText(string text, int depth)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return (text.StartsWith('{') ? OfInner(text, depth) : null) ?? new OllamaErrorText(text);
    }

    private static OllamaErrorText? OfInner(string json, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return OfValue(document.RootElement, depth + 1);
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            return null;
        }
    }

    private static ExceededContext? ContextOf(JsonElement error) =>
        NumberOf(error, "n_prompt_tokens") is { } prompt && NumberOf(error, "n_ctx") is { } context
            ? new ExceededContext(prompt, context)
            : null;

    private static int? NumberOf(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;
}
