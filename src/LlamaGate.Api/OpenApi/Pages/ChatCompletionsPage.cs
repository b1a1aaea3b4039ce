using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/chat/completions.</summary>
internal sealed class ChatCompletionsPage : EndpointPage
{
    public override string OperationId => "createChatCompletion";

    public override ApiTag Tag => ApiTag.Chat;

    public override string Summary => "Create a chat completion";

    public override string Description =>
        """
        Continues a conversation, like OpenAI's endpoint of the same name. `model` is one that `GET /v1/models` lists.

        * **Plain or streamed**: with `"stream": true` the answer is a stream of server-sent events (`text/event-stream`): one
          chunk for each part of the answer, then `data: [DONE]`. `stream_options.include_usage` adds a chunk with the token
          counts. While the model loads or thinks, comments keep the connection alive; while the call waits for shared hosts,
          they report its position. A failure after the first byte is an event with an error envelope, without a `[DONE]`.
        * **Absent fields** are not sent to the model, so that its own defaults apply; an explicit `0` or `""` is sent.
        * **Tools**: `tools` offers functions; the model's calls are in `tool_calls`, with `finish_reason: tool_calls`.
          Send the results in messages of the role `tool` with their `tool_call_id`. `functions` is the legacy form.
        * **Structured output**: `response_format` of type `json_schema` enforces your schema, `json_object` enforces JSON.
        * **Images** are parts of a user message, as `data:` URIs (PNG, JPEG, WebP), for vision models.
        * **Thinking** models return their reasoning in `reasoning_content`, and the same text in `reasoning`;
          `reasoning_effort` controls how long they think.
        * **Ollama's own** `options` (`num_ctx`, `top_k` …), `keep_alive` and `think` are supported too; OpenAI's fields take precedence.
        * **Cache**: identical requests can get a cached answer, streams too; `X-LlamaGate-Cache` reports it.
        * **A prompt that does not fit** the model's context is refused with `context_length_exceeded` and never shortened
          silently, unless the server runs with `CONTEXT_OVERFLOW=truncate`.
        """;

    public override string RequestDescription => "The conversation and how to continue it. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The answer: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders => OpenApi.AnswerHeaders.OfCalls;

    public override IReadOnlyList<PageExample> Examples => ChatExamples.All;
}
