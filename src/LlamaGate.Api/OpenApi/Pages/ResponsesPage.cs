using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/responses.</summary>
internal sealed class ResponsesPage : EndpointPage
{
    public const string StreamEnding =
        "the last is `response.completed` or `response.incomplete`, or, if the answer failed, `response.failed` and then `error`";

    public override string OperationId => "createResponse";

    public override ApiTag Tag => ApiTag.Responses;

    public override string Summary => "Create a response";

    public override string Description =>
        """
        Answers a string or continues a conversation, like OpenAI's endpoint of the same name.

        * **Stored for a limited time**: responses are stored in memory, only for their caller (`RESPONSES_STORE_TTL`,
          `RESPONSES_STORE_MB`), unless `store` is false. `previous_response_id` continues a response, an `item_reference` refers to one of
          its items, and `/v1/responses/{id}` reads or deletes it. `conversation`, `prompt` and `background` are refused.
        * **Plain or streamed**: with `"stream": true` the answer is a stream of named server-sent events with sequence numbers;
          the last one contains the whole response. There is no `[DONE]`. While Ollama is silent, repeated
          `response.in_progress` events keep the connection alive. A failure after the first byte is reported by `response.failed` and an `error` event.
        * **Incomplete answers**: an answer that reaches `max_output_tokens` has the status `incomplete`.
        * **Tools**: `tools` offers functions, namespaces, custom tools, and a tool search and a shell that you run; calls are
          `function_call`, `custom_tool_call`, `tool_search_call` or `shell_call` items. Send the results as items with the suffix
          `_output` (`tool_search_output`), with their `call_id`. An `additional_tools` item offers more tools from then on. Tools and items of other types are left out and listed in
          `X-LlamaGate-Ignored`.
        * **Structured output**: `text.format` of type `json_schema` enforces your schema, `json_object` enforces JSON.
        * **Images** are `input_image` parts of a user message or a tool's output, as `data:` URIs (PNG, JPEG, WebP), for vision models.
        * **Thinking** models return their whole reasoning as the summary of a `reasoning` item; `reasoning.effort` controls it, and
          a `configuration_update` item can change it, as well as `text.format`. With
          `include: ["reasoning.encrypted_content"]` it is included again, for clients that send only this back.
        * **Log probabilities** are returned with `include: ["message.output_text.logprobs"]` or `top_logprobs`.
        * **Ollama's own** `options` (`num_ctx`, `seed` …), `keep_alive` and `think` are supported too; OpenAI's fields take precedence.
        * **Cache**: identical requests can get a cached answer, streams too; `X-LlamaGate-Cache` reports it.
        * **A prompt that does not fit** the model's context is refused with `context_length_exceeded` and never shortened
          silently, unless the server runs with `CONTEXT_OVERFLOW=truncate`.
        """;

    public override string RequestDescription => "The conversation and how to continue it. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The response: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders => OpenApi.AnswerHeaders.OfCalls;

    public override IReadOnlyList<PageExample> Examples => ResponseExamples.All;
}
