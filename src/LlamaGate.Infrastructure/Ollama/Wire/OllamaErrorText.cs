using System.Buffers;
using System.Text.Json;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>
/// What the body of an error says. Ollama's own is <c>{"error":"text"}</c>, in which the text may be a whole JSON body of the runner's;
/// proxies before Ollama have objects in its place, or <c>detail</c> or <c>message</c>.
/// </summary>
/// <param name="Message">For people; not blank.</param>
/// <param name="ExceededContext">Of a prompt that does not fit, if the runner says its numbers.</param>
internal sealed record OllamaErrorText(string Message, ExceededContext? ExceededContext = null)
{
    /// <summary>Deeper than anything known: bodies in bodies come from outside and must end somewhere.</summary>
    private const int MaxDepth = 4;

    private static readonly string[] Members = ["error", "message", "detail", "msg"];

    /// <summary>Null when there is no error to be read.</summary>
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
