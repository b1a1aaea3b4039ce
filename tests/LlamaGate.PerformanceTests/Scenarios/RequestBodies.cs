using System.Text;

namespace LlamaGate.PerformanceTests.Scenarios;

/// <summary>What clients ask, with bodies of about 200 bytes where nothing else is said.</summary>
internal static class RequestBodies
{
    private const string Question = "Why is the sky blue? Answer in one sentence, for a child of six years.";

    public static byte[] Chat { get; } = Bytes(
        $$"""{"model":"plain","messages":[{"role":"system","content":"You are a kind teacher."},{"role":"user","content":"{{Question}}"}],"temperature":0.7}""");

    public static byte[] ChatStream { get; } = Bytes(
        $$"""{"model":"plain","messages":[{"role":"system","content":"You are a kind teacher."},{"role":"user","content":"{{Question}}"}],"stream":true}""");

    /// <summary>The same but for a seed of eight digits, which makes it a new question each time.</summary>
    public static byte[] ChatWithSeed { get; } = Bytes(
        $$"""{"model":"plain","messages":[{"role":"system","content":"You are a kind teacher."},{"role":"user","content":"{{Question}}"}],"seed":10000000}""");

    /// <summary>Breaks a rule of the validator.</summary>
    public static byte[] ChatTooHot { get; } = Bytes(
        $$"""{"model":"plain","messages":[{"role":"system","content":"You are a kind teacher."},{"role":"user","content":"{{Question}}"}],"temperature":7}""");

    public static byte[] ChatMalformed { get; } = Bytes(
        $$"""{"model":"plain","messages":[{"role":"system","content":"You are a kind teacher."},{"role":"user","content":"{{Question}}"}""");

    public static byte[] Completion { get; } = Bytes(
        $$"""{"model":"plain","prompt":"You are a kind teacher, and a child asks you: {{Question}}","max_tokens":64,"temperature":0.7}""");

    public static byte[] CompletionStream { get; } = Bytes(
        $$"""{"model":"plain","prompt":"You are a kind teacher, and a child asks you: {{Question}}","max_tokens":64,"stream":true}""");

    public static byte[] Response { get; } = Bytes(
        $$"""{"model":"plain","instructions":"You are a kind teacher.","input":"{{Question}}","temperature":0.7}""");

    public static byte[] ResponseStream { get; } = Bytes(
        $$"""{"model":"plain","instructions":"You are a kind teacher.","input":"{{Question}}","stream":true}""");

    public static byte[] Embedding { get; } = Bytes(
        $$"""{"model":"embed","input":"{{Question}}"}""");

    /// <summary>A picture of one megabyte, which is a third more in base64.</summary>
    public static byte[] ChatWithImage()
    {
        var picture = new byte[1024 * 1024];
        new Random(1).NextBytes(picture);
        ((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).CopyTo(picture);
        return Bytes(
            $$$"""{"model":"plain","messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},"""
            + $$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Convert.ToBase64String(picture)}}}"}}]}]}""");
    }

    /// <summary>About 8 KB of history: 40 messages of 200 bytes.</summary>
    public static byte[] ChatWithHistory()
    {
        var turns = Enumerable.Range(0, 40).Select(turn =>
            $$"""{"role":"{{(turn % 2 == 0 ? "user" : "assistant")}}","content":"{{turn:00}} {{Question}} {{Question}}"}""");
        return Bytes($$"""{"model":"plain","messages":[{{string.Join(',', turns)}},{"role":"user","content":"And?"}]}""");
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
