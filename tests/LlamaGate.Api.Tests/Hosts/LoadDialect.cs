namespace LlamaGate.Api.Tests.Hosts;

/// <summary>A kind of request in a mixed load, and how its answer ends.</summary>
/// <param name="Ends">What a whole answer has near its end.</param>
/// <param name="Fails">What a stream has that ended with an error after its first byte.</param>
internal sealed record LoadDialect(string Path, string Body, string Ends, string Fails)
{
    public bool IsStream => !Body.Contains("\"stream\":false", StringComparison.Ordinal);

    public static IReadOnlyList<LoadDialect> All { get; } =
    [
        new(
            "/v1/chat/completions",
            """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true}""",
            "data: [DONE]",
            "data: {\"error\":{\"message\":"),
        new(
            "/v1/messages",
            """{"model":"plain","max_tokens":50,"messages":[{"role":"user","content":"hi"}],"stream":true}""",
            "event: message_stop",
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"),
        new("/v1/responses", """{"model":"plain","input":"hi","stream":true}""", "event: response.completed", "event: response.failed"),
        new("/api/chat", """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", "\"done\":true", "\n{\"error\":\""),
        new(
            "/v1/chat/completions",
            """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":false}""",
            "\"finish_reason\":\"stop\"",
            "\"error\":"),
    ];
}
