namespace LlamaGate.Api.OpenApi;

/// <summary>The text at the top of the document.</summary>
internal static class Overview
{
    public const string Text =
        """
        An OpenAI-compatible gateway in front of [Ollama](https://ollama.com): programs written for OpenAI's API talk to local
        models when their base URL is set to this server's `/v1`.

        **Try it**: press *Authorize* when the server has an `API_KEY`, open *POST /v1/chat/completions* and press *Execute*.
        The examples name a model that this server's Ollama has.

        **Key**: `Authorization: Bearer <key>`, `X-API-Key: <key>` or `api-key: <key>`; one of them with a valid key is enough. A server without an
        `API_KEY` asks for none. Health and this page are always open.

        **Limit**: everything under `/v1` is limited per client (`RATE_LIMIT_RPS`); `x-ratelimit-*` headers tell where you
        stand, and 429 tells in `Retry-After` when to come back.

        **Errors** have one shape everywhere, OpenAI's: `{"error": {"message", "type", "param", "code"}}`. Programs look at
        `code`, people at `message`; `param` is the JSON path of the field at fault.

        **Paths**: doubled slashes are one; `/v1` may be missing; Azure's `/openai/v1/…` and `/openai/deployments/{name}/…`
        (chat/completions, completions, embeddings; the deployment is the model) are the same endpoints. HEAD is answered
        wherever GET is.

        **Bodies** may be packed: `Content-Encoding` gzip, deflate, br or zstd.

        **Web pages** of this machine may call, others by `CORS_ORIGINS`.

        **Tracing**: every answer carries `X-Request-ID`, yours if you sent one; the server's log has it too.
        """;
}
