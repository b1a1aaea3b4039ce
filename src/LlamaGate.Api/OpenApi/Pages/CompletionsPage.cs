using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/completions.</summary>
internal sealed class CompletionsPage : EndpointPage
{
    public override string OperationId => "createCompletion";

    public override ApiTag Tag => ApiTag.Completions;

    public override string Summary => "Create a completion";

    public override string Description =>
        """
        Continues prompts without a conversation, like OpenAI's legacy endpoint. New programs should use `/v1/chat/completions`.

        * **The prompt** goes through the model's template, like a user message. Several prompts are answered separately:
          answer j to prompt i is choice i·n+j. Token arrays and empty prompts are refused. A request can have at most 128 answers.
        * **`suffix`** is for fill-in-the-middle models; others get `unsupported_by_model`.
        * **`max_tokens`**: without it the model's own limit applies, which usually is none (OpenAI's is 16).
        * **`best_of`** generates more answers than `n` and returns those with the highest mean log probability. All count as usage.
        * **`logprobs`** have OpenAI's legacy format, for the answer only: with `echo` they are refused, because Ollama returns
          none for prompts. `text_offset` is the position in the choice's `text`.
        * **Thinking** models return their reasoning in the choice's `reasoning`, which is not part of OpenAI's API; `think: false`
          turns it off.
        * **Streams, cache and context** work as for chats; chunks have the shape of the answer.
        """;

    public override string RequestDescription => "The prompts and how to answer them. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "The answers: one JSON object, or with `\"stream\": true` an event stream.",
    };

    public override IReadOnlyList<string> AnswerHeaders => OpenApi.AnswerHeaders.OfCalls;

    public override IReadOnlyList<PageExample> Examples => CompletionExamples.All;
}
