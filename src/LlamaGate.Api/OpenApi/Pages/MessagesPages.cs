using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/messages.</summary>
internal sealed class MessagesPage : EndpointPage
{
    public const string StreamEnding = "the last is `message_stop`, or `error` if the answer failed";

    public override string OperationId => "createMessage";

    public override ApiTag Tag => ApiTag.Anthropic;

    public override string Summary => "Create a message";

    public override string Description =>
        """
        Continues a conversation, like Anthropic's endpoint of the same name. Set the clients' base URL (`ANTHROPIC_BASE_URL`) to the
        gateway's address **without** `/v1`. They send the key as `x-api-key` or as a bearer token.

        * **Plain or streamed**: with `"stream": true` the answer is a stream of named server-sent events. While the model loads or
          thinks, `ping` events keep the connection alive, also before `message_start`. A failure after the first byte is the event
          `error`.
        * **Tools**: functions of type `custom` are offered; `tool_choice` and `disable_parallel_tool_use` are enforced. Those with
          `defer_loading` are offered after a `tool_reference` names them. In a system message `tool_addition` offers a tool from then on,
          and `tool_removal` takes it away. Tools that Anthropic's servers run are left out and listed in
          `X-LlamaGate-Ignored`; if only a web search is offered, the answer says that it is unavailable.
        * **Thinking**: without `thinking` a model does not think. With it, its thoughts are `thinking` blocks; with
          `"display": "omitted"` their text is only in the `signature`. Send the blocks back so that the model gets its thoughts again.
        * **Images** are base64 (PNG, JPEG, WebP), in a user message or in a tool's result. Documents are text.
        * **Structured output**: `output_config.format` of type `json_schema`.
        * **Ollama's own** `options` (`num_ctx`, `seed` …) and `keep_alive` are supported too; Anthropic's fields take precedence.
        * **Cache**: shared with the other endpoints; identical requests can get a cached answer, streams too.
        * **Errors** have Anthropic's format: `{"type": "error", "error": {"type", "message"}, "request_id"}`. A prompt that does not
          fit the model's context is `prompt is too long: N tokens > M maximum`, at which clients compact. A `thread` is refused with
          `details.error_code` `thread_unsupported_request`, at which clients send the whole conversation.
        """;

    public override string RequestDescription => "The conversation and how to continue it. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The message: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders => OpenApi.AnswerHeaders.OfAnthropicCalls;

    public override IReadOnlyList<PageExample> Examples => MessageExamples.All;
}

/// <summary>POST /v1/messages/count_tokens.</summary>
internal sealed class CountTokensPage : EndpointPage
{
    public override string OperationId => "countMessageTokens";

    public override ApiTag Tag => ApiTag.Anthropic;

    public override string Summary => "Estimate a conversation's length";

    public override string Description =>
        "Estimates the number of tokens of a conversation and its tools. Ollama has no endpoint for this, so the number is an estimate, and the header "
        + "`X-LlamaGate-Estimate` marks it. It is based on the length of the texts, at four bytes per token until the model's answers give a better "
        + "figure. No model is called.";

    public override string RequestDescription => "The conversation. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The estimate." };

    public override IReadOnlyList<string> AnswerHeaders { get; } = [ExchangeHeaders.EstimateHeader, ExchangeHeaders.IgnoredHeader];

    public override IReadOnlyList<PageExample> Examples => MessageExamples.Counts;
}
