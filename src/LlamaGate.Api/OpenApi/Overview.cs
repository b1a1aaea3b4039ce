namespace LlamaGate.Api.OpenApi;

/// <summary>The text at the top of the document.</summary>
internal static class Overview
{
    public const string Text =
        """
        An OpenAI-compatible gateway in front of [Ollama](https://ollama.com): programs written for OpenAI's API talk to local
        models when their base URL is set to this server's `/v1`.

        **Try it**: press *Authorize* when the server asks for a key, open *POST /v1/chat/completions* and press *Execute*.
        The examples name a model that this server's Ollama has.

        **Key**: `Authorization: Bearer <key>`, `X-API-Key: <key>` or `api-key: <key>`; one of them is enough. A server without
        `API_KEY` and `KEYS_FILE` asks for none. Health and this page are always open.

        **Limit**: everything under `/v1` and `/api` is limited per client (`RATE_LIMIT_RPS`); `x-ratelimit-*` headers say how much is
        left, and a 429 says in `Retry-After` when to try again.

        **Errors** have one shape everywhere, OpenAI's: `{"error": {"message", "type", "param", "code"}}`. Programs look at
        `code`, people at `message`; `param` is the JSON path of the field at fault. Under `/v1/messages` they have Anthropic's, under `/api` Ollama's.

        **Paths**: doubled slashes count as one; `/v1` may be missing; Azure's `/openai/v1/…` and `/openai/deployments/{name}/…`
        (chat/completions, completions, embeddings; the deployment is the model) are the same endpoints. HEAD is answered
        wherever GET is.

        **Bodies** may be compressed: `Content-Encoding` gzip, deflate, br or zstd.

        **Web pages** on this machine may call the API; `CORS_ORIGINS` allows others.

        **Tracing**: every answer carries `X-Request-ID`, yours if you sent one; the server's log has it too.
        """;
}
