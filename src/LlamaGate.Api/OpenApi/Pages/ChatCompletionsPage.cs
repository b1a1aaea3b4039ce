using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/chat/completions.</summary>
internal sealed class ChatCompletionsPage : EndpointPage
{
    public override string OperationId => "createChatCompletion";

    public override ApiTag Tag => ApiTag.Chat;

    public override string Summary => "Ask a model";

    public override string Description =>
        """
        Answers a conversation, as OpenAI's endpoint of the same name does; the model is one that `GET /v1/models` lists.

        * **At once or as a stream**: with `"stream": true` the answer comes as server-sent events (`text/event-stream`), one
          chunk for each piece the model makes, then `data: [DONE]`. `stream_options.include_usage` adds a chunk with the token
          counts. While the model loads or thinks, comment lines keep the connection alive. A failure after the first byte is
          an event with an error envelope, and no `[DONE]` follows.
        * **Fields that are absent** are not sent to the model, so that its own defaults hold; an explicit `0` or `""` is sent.
        * **Tools**: `tools` offers functions; the model's calls come back in `tool_calls` with `finish_reason: tool_calls`.
          Send what they gave in messages of the role `tool` with their `tool_call_id`. `functions` is the older form.
        * **Structured answers**: `response_format` of type `json_schema` holds the answer to your schema, `json_object` to JSON.
        * **Images** are parts of a user's message, as `data:` URIs (PNG, JPEG, WebP), for models that see.
        * **Thinking** models tell their thoughts in `reasoning_content` (and, the same, `reasoning`);
          `reasoning_effort` steers how long they think.
        * **Ollama's own** `options` (`num_ctx`, `top_k` …), `keep_alive` and `think` are taken too; OpenAI's fields win.
        * **Cache**: equal requests may be answered from the cache, streams replayed; `X-LlamaGate-Cache` tells.
        * **A prompt that does not fit** the model's context is refused with `context_length_exceeded` and never shortened
          silently, unless the server runs with `CONTEXT_OVERFLOW=truncate`.
        """;

    public override string RequestDescription => "The conversation and how to go on with it. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The answer: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders { get; } =
    [
        ExchangeHeaders.CacheHeader, ExchangeHeaders.IgnoredHeader, ExchangeHeaders.ContextHeader, ExchangeHeaders.HostHeader,
        ServerTiming.HeaderName,
    ];

    public override IReadOnlyList<PageExample> Examples => ChatExamples.All;
}
