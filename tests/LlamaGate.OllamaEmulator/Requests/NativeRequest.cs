using System.Text.Json;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Requests;

/// <summary>The JSON body of a native request, read as leniently as Ollama reads it.</summary>
internal sealed class NativeRequest
{
    private const int GoMaxDepth = 10_000;
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    private NativeRequest(JsonElement root) => Root = root;

    public JsonElement Root { get; }

    public string Model => Text("model") is { Length: > 0 } model ? model : Text("name") ?? string.Empty;

    /// <summary>True unless the client says otherwise, as on Ollama's own API.</summary>
    public bool Stream => Member("stream") is not { ValueKind: JsonValueKind.False };

    public IEnumerable<JsonElement> Messages =>
        Member("messages") is { ValueKind: JsonValueKind.Array } messages ? messages.EnumerateArray() : [];

    public IReadOnlyList<JsonElement> Tools =>
        Member("tools") is { ValueKind: JsonValueKind.Array } tools ? [.. tools.EnumerateArray()] : [];

    /// <summary>Words of the whole prompt; the emulator's unit of a token.</summary>
    public int PromptWords =>
        Messages.Sum(message => Words(TextOf(message, "content"))) + Words(Text("prompt")) + Words(Text("system"));

    /// <summary>The words of the whole prompt in order.</summary>
    public IReadOnlyList<string> Prompt =>
    [
        .. Split(Text("system")),
        .. Messages.SelectMany(message => Split(TextOf(message, "content"))),
        .. Split(Text("prompt")),
    ];

    /// <param name="body">The request's bytes; what follows the first JSON value is ignored.</param>
    /// <param name="goType">The Go type Ollama names in its complaint, such as ChatRequest.</param>
    /// <exception cref="OllamaRefusal">As recorded for an empty, a broken and a non-object body.</exception>
    public static NativeRequest Read(ReadOnlyMemory<byte> body, string goType)
    {
        if (body.IsEmpty)
        {
            throw new OllamaRefusal(400, "missing request body");
        }

        // Read as if more might come: so a text that ends too early is told from a wrong character, as Go tells them
        // apart.
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = GoMaxDepth });
        var reader = new Utf8JsonReader(body.Span, isFinalBlock: false, state);
        try
        {
            if (!JsonElement.TryParseValue(ref reader, out var root))
            {
                throw new OllamaRefusal(400, "unexpected EOF");
            }

            var value = root.GetValueOrDefault();
            return value.ValueKind is JsonValueKind.Object
                ? new NativeRequest(value)
                : throw new OllamaRefusal(400, $"json: cannot unmarshal {GoKind(value)} into Go value of type api.{goType}");
        }
        catch (JsonException e)
        {
            throw new OllamaRefusal(
                400, $"invalid character '{CharacterAt(body.Span, e)}' looking for beginning of value");
        }
    }

    /// <summary>
    /// An empty object in place of a body that cannot be read: for scenarios, which answer whatever was sent.
    /// </summary>
    public static NativeRequest ReadOrEmpty(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Read(body, "ChatRequest");
        }
        catch (OllamaRefusal)
        {
            return Read("{}"u8.ToArray(), "ChatRequest");
        }
    }

    public JsonElement? Member(string name) => Member(Root, name);

    public string? Text(string name) => TextOf(Root, name);

    public JsonElement? Option(string name) => Member("options") is { } options ? Member(options, name) : null;

    public static string? TextOf(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The member; null when it is missing or null.</summary>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object
        && value.TryGetProperty(name, out var member)
        && member.ValueKind is not JsonValueKind.Null
            ? member
            : null;

    public static int Words(string? text) => Split(text).Length;

    public static string[] Split(string? text) => text?.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static string GoKind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };
    private static char CharacterAt(ReadOnlySpan<byte> body, JsonException e)
    {
        for (var line = 0L; line < e.LineNumber; line++)
        {
            body = body[(body.IndexOf((byte)'\n') + 1)..];
        }

        return (char)body[(int)Math.Min(e.BytePositionInLine ?? 0, body.Length - 1)];
    }
}
