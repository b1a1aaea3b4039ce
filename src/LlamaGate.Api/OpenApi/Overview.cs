namespace LlamaGate.Api.OpenApi;

/// <summary>The text at the top of the document.</summary>
internal static class Overview
{
    public const string Text =
        """
        A gateway in front of [Ollama](https://ollama.com). Point any OpenAI client at it by setting the base URL to this server's `/v1`.

        **Try it**: open *POST /v1/chat/completions* and press *Execute*. The examples name a model that this server's Ollama has. If the
        server requires a key, press *Authorize* first.

        **Key**: send `Authorization: Bearer <key>`, `X-API-Key: <key>` or `api-key: <key>`. A server without `API_KEY` and `KEYS_FILE`
        requires none. Health checks and this page never need one.

        **Rate limit**: each client can send `RATE_LIMIT_RPS` requests per second under `/v1` and `/api`. The `x-ratelimit-*` headers report what
        is left, and a 429 says in `Retry-After` when to retry.

        **Errors** have OpenAI's format: `{"error": {"message", "type", "param", "code"}}`; `param` is the JSON path of the field at fault.
        Under `/v1/messages` they have Anthropic's format, under `/api` Ollama's.

        **More**: bodies can be compressed (gzip, deflate, br, zstd). Paths also work without `/v1`, and so do Azure's `/openai/…` paths. HEAD works
        wherever GET does. `CORS_ORIGINS` allows web pages from other machines. Every answer has an `X-Request-ID`, which is also in the log.
        """;
}
