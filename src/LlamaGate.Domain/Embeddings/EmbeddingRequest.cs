using System.Text.Json;

namespace LlamaGate.Domain.Embeddings;

/// <summary>Texts to embed. Null means: not requested, so the model's own default applies.</summary>
public sealed record EmbeddingRequest(string Model, IReadOnlyList<string> Inputs)
{
    /// <summary>Length of the vectors, 1 or more; Ollama returns the model's own length if that is less.</summary>
    public int? Dimensions { get; init; }

    /// <summary>How long Ollama keeps the model loaded afterwards: a number of seconds or a Go-style duration string.</summary>
    public JsonElement? KeepAlive { get; init; }

    /// <summary>Ollama's options (<c>num_ctx</c> …), a JSON object.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>
    /// On shared hosts, the context in tokens that the request wishes for (<c>num_ctx</c>); it is not among the options then. Null = no wish.
    /// </summary>
    public int? Context { get; init; }
}
