using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/messages.</summary>
internal sealed class MessagesPage : EndpointPage
{
    public const string StreamEnding = "the last is `message_stop`, or `error` when the answer broke";

    public override string OperationId => "createMessage";

    public override ApiTag Tag => ApiTag.Anthropic;

    public override string Summary => "Ask a model, in Anthropic's words";

    public override string Description =>
        """
        Continues a conversation, as Anthropic's endpoint of the same name does. Clients take the gateway's address **without** `/v1`
        as their base URL (`ANTHROPIC_BASE_URL`), and the key as `x-api-key` or as a bearer.

        * **At once or as a stream**: with `"stream": true` the answer comes as named server-sent events. While the model loads or
          thinks, `ping` events keep the connection alive, before `message_start` too. A failure after the first byte is the event
          `error`.
        * **Tools**: functions of type `custom` are offered; `tool_choice` and `disable_parallel_tool_use` are enforced. Those with
          `defer_loading` are offered when a `tool_reference` names them. Tools that Anthropic's servers run are left out and named in
          `X-LlamaGate-Ignored`; where nothing but a search of the web is offered, the answer is that it is unavailable.
        * **Thinking**: without `thinking` a model does not think. With it, its thoughts are `thinking` blocks; with
          `"display": "omitted"` their text is in the `signature` only. Give them back, and the model reads them again.
        * **Images** are base64 (PNG, JPEG, WebP), in a user's message or in a tool's result. Documents are texts.
        * **Structured answers**: `output_config.format` of type `json_schema`.
        * **Ollama's own** `options` (`num_ctx`, `seed` …) and `keep_alive` are taken too; Anthropic's fields win.
        * **Cache**: shared with the other endpoints; equal requests may be answered from it, streams replayed.
        * **Errors** have Anthropic's shape: `{"type": "error", "error": {"type", "message"}, "request_id"}`. A prompt that does not
          fit the model's context is `prompt is too long: N tokens > M maximum`, at which clients compact.
        """;

    public override string RequestDescription => "The conversation and how to go on with it. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The message: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders { get; } =
    [
        ExchangeHeaders.CacheHeader, ExchangeHeaders.IgnoredHeader, ExchangeHeaders.ContextHeader, ExchangeHeaders.HostHeader,
        ServerTiming.HeaderName,
    ];

    public override IReadOnlyList<PageExample> Examples => MessageExamples.All;
}

/// <summary>POST /v1/messages/count_tokens.</summary>
internal sealed class CountTokensPage : EndpointPage
{
    public override string OperationId => "countMessageTokens";

    public override ApiTag Tag => ApiTag.Anthropic;

    public override string Summary => "Estimate a conversation's length";

    public override string Description =>
        "About how many tokens a conversation and its tools have. Ollama counts only what it answers, so this is an estimate, and the header "
        + "`X-LlamaGate-Estimate` says so: from the length of the texts, at four bytes for each token until the model's answers tell better. "
        + "No model is asked.";

    public override string RequestDescription => "The conversation, as it would be asked. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The estimate." };

    public override IReadOnlyList<string> AnswerHeaders { get; } = [ExchangeHeaders.EstimateHeader, ExchangeHeaders.IgnoredHeader];

    public override IReadOnlyList<PageExample> Examples => MessageExamples.Counts;
}
