using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/completions.</summary>
internal sealed class CompletionsPage : EndpointPage
{
    public override string OperationId => "createCompletion";

    public override ApiTag Tag => ApiTag.Completions;

    public override string Summary => "Have prompts answered";

    public override string Description =>
        """
        Answers prompts outside of a conversation, as OpenAI's older endpoint does. New programs use `/v1/chat/completions`.

        * **The prompt** goes through the model's template, as a user's message does. Several prompts are answered each on its own:
          answer j to prompt i is choice i·n+j. Token arrays and empty prompts are refused, and at most 128 answers are made.
        * **`suffix`** is for models that can fill a gap; others answer `unsupported_by_model`.
        * **`max_tokens`**: when it is absent, the model's own limit holds, which mostly is none (OpenAI's is 16).
        * **`best_of`** makes more answers than `n` and gives those with the highest mean log probability. All are counted.
        * **`logprobs`** come in OpenAI's older lists, for the answer only: with `echo` they are refused, since Ollama returns
          none for prompts. `text_offset` leads into the choice's `text`.
        * **Thinking** models tell their thoughts in the choice's `reasoning`, for which OpenAI has no place here; `think: false`
          spares them.
        * **Streams, cache, context** are as in chats; chunks have the shape of the answer.
        """;

    public override string RequestDescription => "The prompts and how to answer them. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The answers: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders { get; } =
    [
        ExchangeHeaders.CacheHeader, ExchangeHeaders.IgnoredHeader, ExchangeHeaders.ContextHeader, ExchangeHeaders.HostHeader,
        ServerTiming.HeaderName,
    ];

    public override IReadOnlyList<PageExample> Examples => CompletionExamples.All;
}
