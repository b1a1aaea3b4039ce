using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/responses.</summary>
internal sealed class ResponsesPage : EndpointPage
{
    public const string StreamEnding =
        "the last is `response.completed` or `response.incomplete`, or, when the answer broke, `response.failed` and then `error`";

    public override string OperationId => "createResponse";

    public override ApiTag Tag => ApiTag.Responses;

    public override string Summary => "Ask a model, the newer way";

    public override string Description =>
        """
        Answers a text or a conversation, as OpenAI's endpoint of the same name does.

        * **With a short memory**: responses are kept for a while, in memory and for their caller alone (`RESPONSES_STORE_TTL`,
          `RESPONSES_STORE_MB`), unless `store` is false. `previous_response_id` goes on from one, an `item_reference` stands for an
          item of one, and `/v1/responses/{id}` reads or deletes it. `conversation`, `prompt` and `background` are refused.
        * **At once or as a stream**: with `"stream": true` the answer comes as named server-sent events with sequence numbers;
          the last one holds the whole response. There is no `[DONE]`. While Ollama is silent, repeated
          `response.in_progress` events keep the connection alive. A failure after the first byte is reported by `response.failed` and an `error` event.
        * **Cut answers**: one that reached `max_output_tokens` has the status `incomplete` and says so.
        * **Tools**: `tools` offers functions, namespaces, custom tools, and a tool search and a shell that you run; calls come back as
          `function_call`, `custom_tool_call`, `tool_search_call` or `shell_call` items. Send what they gave as items named like
          these with `_output` at the end (`tool_search_output`), with their `call_id`. Tools and items of other types are left out and
          named in `X-LlamaGate-Ignored`.
        * **Structured answers**: `text.format` of type `json_schema` holds the answer to your schema, `json_object` to JSON.
        * **Images** are `input_image` parts of a user's message or a tool's output, as `data:` URIs (PNG, JPEG, WebP), for models that see.
        * **Thinking** models tell their thoughts, whole, as the summary of a `reasoning` item; `reasoning.effort` steers them. With
          `include: ["reasoning.encrypted_content"]` they are there once more for clients that send only this back.
        * **Log probabilities** come with `include: ["message.output_text.logprobs"]` or `top_logprobs`.
        * **Ollama's own** `options` (`num_ctx`, `seed` …), `keep_alive` and `think` are taken too; OpenAI's fields win.
        * **Cache**: equal requests may be answered from the cache, streams replayed; `X-LlamaGate-Cache` tells.
        * **A prompt that does not fit** the model's context is refused with `context_length_exceeded` and never shortened
          silently, unless the server runs with `CONTEXT_OVERFLOW=truncate`.
        """;

    public override string RequestDescription => "The conversation and how to go on with it. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The response: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders { get; } =
    [
        ExchangeHeaders.CacheHeader, ExchangeHeaders.IgnoredHeader, ExchangeHeaders.ContextHeader, ExchangeHeaders.HostHeader,
        ServerTiming.HeaderName,
    ];

    public override IReadOnlyList<PageExample> Examples => ResponseExamples.All;
}
