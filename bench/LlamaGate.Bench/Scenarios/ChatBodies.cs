using System.Globalization;
using System.Text;
using LlamaGate.Bench.Load;

namespace LlamaGate.Bench.Scenarios;

/// <summary>
/// Bodies of about the same size for both dialects. A text chat is written alike in both, so that it is the same bytes;
/// an image is not. Each body has a place for the number of its request, which makes it one that no cache has seen.
/// </summary>
internal static class ChatBodies
{
    private const string Numbered = RequestNumbers.Placeholder + " ";
    private const string Sentence = "The quick brown fox jumps over the lazy dog and runs on. ";

    /// <summary>One user message, filled up to that many bytes of body.</summary>
    public static byte[] Text(string model, int bytes, bool stream = false) => Text(model, bytes, stream, Numbered);

    /// <summary>The same without a number: every request is equal to the one before.</summary>
    public static byte[] Repeated(string model, int bytes) => Text(model, bytes, stream: false, beginning: string.Empty);

    /// <summary>A conversation of many turns.</summary>
    public static byte[] History(string model, int bytes)
    {
        var turns = new List<string>();
        for (var length = 0; length < bytes; length = turns.Sum(turn => turn.Length + 1))
        {
            turns.Add(Message(
                turns.Count % 2 == 0 ? "user" : "assistant", Filled(turns.Count == 0 ? Numbered : string.Empty, 400)));
        }

        return Bytes(Chat(model, string.Join(',', turns), stream: false));
    }

    /// <summary>A coding agent's first request: a long system prompt, one user message, and tools.</summary>
    public static byte[] Agent(string model, int bytes, int tools)
    {
        var described = string.Join(',', Enumerable.Range(0, tools).Select(Tool));
        var system = Message("system", Filled(Numbered, Math.Max(0, bytes - described.Length)));
        return Bytes(
            $$"""{"model":"{{model}}","messages":[{{system}},{{Message("user", "Fix the test.")}}],"stream":false,"tools":[{{described}}]}""");
    }

    /// <summary>The same flood in each dialect of the gateway.</summary>
    public static byte[] Flood(string model, Dialect dialect) => dialect switch
    {
        Dialect.Messages => Bytes(
            $$"""{"model":"{{model}}","max_tokens":100000,"messages":[{{Message("user", Numbered)}}],"stream":true}"""),
        Dialect.Responses => Bytes($$"""{"model":"{{model}}","input":[{{Message("user", Numbered)}}],"store":false,"stream":true}"""),
        _ => Text(model, 200, stream: true),
    };

    private static string Tool(int number) =>
        $$$"""{"type":"function","function":{"name":"tool_{{{number}}}","description":"{{{Filled(string.Empty, 300)}}}",""" + "\""
        + """parameters":{"type":"object","properties":{"path":{"type":"string","description":"The file"},"lines":"""
        + """{"type":"array","items":{"type":"integer"}},"mode":{"type":"string","enum":["read","write"]}},"required":["path"]}}}""";

    /// <summary>A question about an image of that many bytes, which travels as base64.</summary>
    public static byte[] Image(string model, int imageBytes, bool openAI)
    {
        var image = new byte[imageBytes];
        new Random(1).NextBytes(image);
        ReadOnlySpan<byte> png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        png.CopyTo(image);
        var base64 = Convert.ToBase64String(image);
        var message = openAI
            ? $$"""{"role":"user","content":[{"type":"text","text":"{{Numbered}}What is this?"},"""
                + $$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{base64}}}"}}]}"""
            : $$"""{"role":"user","content":"{{Numbered}}What is this?","images":["{{base64}}"]}""";
        return Bytes(Chat(model, message, stream: false));
    }

    private static byte[] Text(string model, int bytes, bool stream, string beginning)
    {
        var empty = Chat(model, """{"role":"user","content":""}""", stream);
        return Bytes(Chat(model, Message("user", Filled(beginning, bytes - empty.Length)), stream));
    }

    private static string Chat(string model, string messages, bool stream) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"model":"{{model}}","messages":[{{messages}}],"stream":{{(stream ? "true" : "false")}}}""");

    private static string Message(string role, string content) => $$"""{"role":"{{role}}","content":"{{content}}"}""";

    private static string Filled(string beginning, int length)
    {
        var text = new StringBuilder(beginning, Math.Max(beginning.Length, length));
        while (text.Length < length)
        {
            text.Append(Sentence, 0, Math.Min(Sentence.Length, length - text.Length));
        }

        return text.ToString();
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
