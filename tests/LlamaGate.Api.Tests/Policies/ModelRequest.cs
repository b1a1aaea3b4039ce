namespace LlamaGate.Api.Tests.Policies;

/// <summary>A request whose body names a model, or two.</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Path">Of the endpoint, which is that of a route.</param>
/// <param name="Body">With <c>MODEL</c> in the place of the model's name.</param>
internal sealed record ModelRequest(string Method, string Path, string Body)
{
    private const string Placeholder = "MODEL";
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    /// <summary>Every way to use a model, with each member that may name it.</summary>
    public static IReadOnlyList<ModelRequest> All { get; } =
    [
        new("POST", "/v1/chat/completions", $$"""{"model":"MODEL",{{Hi}}}"""),
        new("POST", "/v1/chat/completions", $$"""{"model":"MODEL",{{Hi}},"stream":true}"""),
        new("POST", "/v1/completions", """{"model":"MODEL","prompt":"hi"}"""),
        new("POST", "/v1/responses", """{"model":"MODEL","input":"hi"}"""),
        new("POST", "/v1/responses", """{"model":"MODEL","input":"hi","stream":true}"""),
        new("POST", "/v1/messages", $$"""{"model":"MODEL",{{Hi}},"max_tokens":9}"""),
        new("POST", "/v1/messages", $$"""{"model":"MODEL",{{Hi}},"max_tokens":9,"stream":true}"""),
        new("POST", "/v1/messages/count_tokens", $$"""{"model":"MODEL",{{Hi}}}"""),
        new("POST", "/v1/embeddings", """{"model":"MODEL","input":"hi"}"""),
        new("POST", "/api/chat", $$"""{"model":"MODEL",{{Hi}}}"""),
        new("POST", "/api/chat", $$"""{"model":"plain",{{Hi}},"Name":"MODEL"}"""),
        new("POST", "/api/chat", $$"""{"{{"\\u004d"}}odel":"MODEL",{{Hi}}}"""),
        new("POST", "/api/generate", """{"model":"MODEL","prompt":"hi"}"""),
        new("POST", "/api/embed", """{"model":"MODEL","input":"hi"}"""),
        new("POST", "/api/embeddings", """{"model":"MODEL","prompt":"hi"}"""),
        new("POST", "/api/show", """{"model":"MODEL"}"""),
        new("POST", "/api/show", """{"name":"MODEL"}"""),
        new("POST", "/api/pull", """{"model":"MODEL"}"""),
        new("POST", "/api/push", """{"model":"MODEL"}"""),
        new("POST", "/api/create", """{"model":"MODEL","from":"plain"}"""),
        new("POST", "/api/create", """{"model":"plain","from":"MODEL"}"""),
        new("POST", "/api/create", """{"model":"plain","FROM":"MODEL"}"""),
        new("POST", "/api/copy", """{"source":"MODEL","destination":"plain"}"""),
        new("POST", "/api/copy", """{"source":"plain","destination":"MODEL"}"""),
        new("DELETE", "/api/delete", """{"model":"MODEL"}"""),
        new("DELETE", "/api/delete", """{"name":"MODEL"}"""),
    ];

    /// <summary>Whether aliases are no names here: what is made, copied or removed is one of Ollama's own.</summary>
    public bool TakesNoAliases => Path is "/api/push" or "/api/create" or "/api/copy" or "/api/delete";

    public string For(string model) => Body.Replace(Placeholder, model, StringComparison.Ordinal);
}
