using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// An answer to an OpenAI request, be it a recording of Ollama's own /v1 layer or the gateway's: the same questions can be asked
/// of both.
/// </summary>
internal sealed class Observed
{
    private Observed(int status, IReadOnlyDictionary<string, string> headers, string text)
    {
        Status = status;
        Text = text;
        Ignored = headers.GetValueOrDefault("X-LlamaGate-Ignored");
        IsStream = headers.GetValueOrDefault("Content-Type")?.StartsWith("text/event-stream", StringComparison.Ordinal) is true;
        Events = IsStream ? [.. text.Split('\n').Where(IsData).Select(line => JsonElement.Parse(line["data: ".Length..]))] : [];
        Json = !IsStream && text.TrimStart().StartsWith('{') ? JsonElement.Parse(text) : null;
    }

    public int Status { get; }

    public string Text { get; }

    /// <summary>What the answer says was ignored.</summary>
    public string? Ignored { get; }

    public bool IsStream { get; }

    public IReadOnlyList<JsonElement> Events { get; }

    /// <summary>The body, when it is a JSON object.</summary>
    public JsonElement? Json { get; }

    public bool SaysDone => Text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal);

    /// <summary>The error of a plain answer, or the one in a stream.</summary>
    public JsonElement? Error => Documents.Select(d => At(d, "error")).LastOrDefault(e => e is { ValueKind: JsonValueKind.Object });

    public string? ErrorCode => Error is { } error ? At(error, "code")?.GetString() : null;

    public string? ErrorParam => Error is { } error ? At(error, "param")?.GetString() : null;

    public string? ErrorMessage => Error is { } error ? At(error, "message")?.GetString() : null;

    public int Choices => Documents.Sum(d => At(d, "choices")?.GetArrayLength() ?? 0);

    public string? FinishReason =>
        AllChoices.Select(c => At(c, "finish_reason")?.GetString()).LastOrDefault(reason => reason is not null);

    public string? Content => AllChoices.Select(c => At(c, "message", "content")?.GetString()).FirstOrDefault();

    public bool Thinks => AllChoices.Any(c => At(c, "message", "reasoning") is not null || At(c, "reasoning") is not null);

    public bool HasLogprobs => AllChoices.Any(c => At(c, "logprobs") is { ValueKind: JsonValueKind.Object });

    public string? Id => Documents.Select(d => At(d, "id")?.GetString()).FirstOrDefault();

    public int CompletionTokens => Documents.Max(d => At(d, "usage", "completion_tokens")?.GetInt32() ?? 0);

    /// <summary>Arguments of the calls, as their text.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. AllChoices.SelectMany(c => (At(c, "message", "tool_calls") ?? At(c, "delta", "tool_calls"))?.EnumerateArray() ?? default)
            .Select(call => At(call, "function", "arguments")!.Value.GetString()!),
    ];

    /// <summary>The prompt as the model sees it, in recordings that were made to show it.</summary>
    public string? Prompt => Json is { } json ? At(json, "_debug_info", "rendered_template")?.GetString() : null;

    /// <summary>A response's status, or the last event's name.</summary>
    public string? ResponseStatus => IsStream
        ? At(Events[^1], "type")?.GetString()
        : Json is { } json ? At(json, "status")?.GetString() : null;

    private IEnumerable<JsonElement> Documents => Json is { } json ? [json] : Events;

    private IEnumerable<JsonElement> AllChoices =>
        Documents.SelectMany(d => At(d, "choices")?.EnumerateArray() ?? default);

    public static Observed Of(Recording recording) => new(
        recording.Status,
        recording.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase),
        recording.Body);

    public static Observed Of(HttpAnswer answer) => new(answer.Status, answer.Headers, answer.Body);

    public static JsonElement? At(JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return null;
            }
        }

        return json.ValueKind == JsonValueKind.Null ? null : json;
    }

    private static bool IsData(string line) => line.StartsWith("data: {", StringComparison.Ordinal);
}
