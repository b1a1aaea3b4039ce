using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /v1/embeddings.</summary>
internal sealed class EmbeddingsPage : EndpointPage
{
    public override string OperationId => "createEmbedding";

    public override ApiTag Tag => ApiTag.Embeddings;

    public override string Summary => "Create embeddings";

    public override string Description =>
        """
        Returns a vector for each string, in order. `model` must be an embedding model.

        * **1–2048 strings**, none empty, are sent to Ollama in batches. Token arrays are refused.
        * **`encoding_format`**: `float` returns numbers, `base64` little-endian single precision, which OpenAI's clients request
          by default. Both have exactly the bits from Ollama.
        * **`dimensions`** that the model does not support are refused, not ignored.
        * **A string that does not fit** the model's context is refused with `context_length_exceeded` and never cut off silently,
          unless the server runs with `CONTEXT_OVERFLOW=truncate`.
        * **A chat model** gets `unsupported_by_model`.
        * **Cache**: identical requests can get a cached answer; `X-LlamaGate-Cache` reports it.
        """;

    public override string RequestDescription => "The strings to embed. Choose an example and execute it.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The vectors." };

    public override IReadOnlyList<string> AnswerHeaders => OpenApi.AnswerHeaders.OfCalls;

    public override IReadOnlyList<PageExample> Examples => EmbeddingExamples.All;
}
