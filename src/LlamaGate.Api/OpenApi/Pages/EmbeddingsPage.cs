using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/embeddings.</summary>
internal sealed class EmbeddingsPage : EndpointPage
{
    public override string OperationId => "createEmbedding";

    public override ApiTag Tag => ApiTag.Embeddings;

    public override string Summary => "Turn texts into vectors";

    public override string Description =>
        """
        Gives a vector for each text, in the order of the texts, with a model that makes embeddings.

        * **1–2048 texts**, none empty. Many go to Ollama in batches of 128. Token arrays are refused.
        * **`encoding_format`**: `float` writes numbers, `base64` little-endian single precision, which OpenAI's clients ask for
          by themselves. Both have exactly the bits that Ollama gave.
        * **`dimensions`** that the model cannot give are refused and not passed over.
        * **A text that does not fit** the model's context is refused with `context_length_exceeded` and never cut off silently,
          unless the server runs with `CONTEXT_OVERFLOW=truncate`.
        * **A model that chats** only is answered with `unsupported_by_model`.
        * **Cache**: equal requests may be answered from the cache; `X-LlamaGate-Cache` tells.
        """;

    public override string RequestDescription => "The texts. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The vectors." };

    public override IReadOnlyList<string> AnswerHeaders { get; } =
        [ExchangeHeaders.CacheHeader, ExchangeHeaders.IgnoredHeader, ExchangeHeaders.HostHeader, ServerTiming.HeaderName];

    public override IReadOnlyList<PageExample> Examples => EmbeddingExamples.All;
}
