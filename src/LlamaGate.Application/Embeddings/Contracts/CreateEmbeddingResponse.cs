using System.Text.Json.Serialization;

namespace LlamaGate.Application.Embeddings.Contracts;

/// <summary>OpenAI's answer with embeddings. Members stand in the order in which they are written.</summary>
public sealed record CreateEmbeddingResponse
{
    public string Object { get; } = "list";

    /// <summary>One for each input, in the order of the inputs.</summary>
    public required IReadOnlyList<Embedding> Data { get; init; }

    /// <summary>The model's name in the request.</summary>
    public required string Model { get; init; }

    public required EmbeddingUsage Usage { get; init; }
}

/// <summary>One text's embedding.</summary>
/// <param name="Index">The input's place.</param>
/// <param name="Vector">Its vector, in the encoding that was requested.</param>
public sealed record Embedding(int Index, [property: JsonPropertyName("embedding")] EmbeddingVector Vector)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "embedding";
}

/// <summary>Tokens as Ollama counted them.</summary>
public sealed record EmbeddingUsage(int PromptTokens, int TotalTokens);
