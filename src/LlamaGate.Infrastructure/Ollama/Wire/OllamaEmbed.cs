using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/embed</c>. What is null is not sent.</summary>
internal sealed record OllamaEmbedRequest
{
    public required string Model { get; init; }

    /// <summary>Always an array, also of one.</summary>
    public required IReadOnlyList<string> Input { get; init; }

    /// <summary>False: an overlong input is an error. Ollama's default, true, cuts it off without a word.</summary>
    public bool? Truncate { get; init; }

    public int? Dimensions { get; init; }

    public JsonElement? Options { get; init; }

    public JsonElement? KeepAlive { get; init; }
}

/// <summary>Its answer.</summary>
internal sealed record OllamaEmbedResponse
{
    /// <summary>
    /// Read as single precision straight from the decimals, which Ollama wrote from single precision: nothing is
    /// rounded twice.
    /// </summary>
    public IReadOnlyList<float[]?>? Embeddings { get; init; }

    /// <summary>Tokens of all inputs together; absent when zero.</summary>
    public int PromptEvalCount { get; init; }

    /// <summary>Nanoseconds, loading included.</summary>
    public long TotalDuration { get; init; }

    /// <summary>Nanoseconds; absent when zero.</summary>
    public long LoadDuration { get; init; }
}
