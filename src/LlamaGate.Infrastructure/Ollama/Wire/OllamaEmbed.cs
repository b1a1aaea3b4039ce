using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/embed</c>. Null members are not sent.</summary>
internal sealed record OllamaEmbedRequest
{
    public required string Model { get; init; }

    /// <summary>Always an array, also for one input.</summary>
    public required IReadOnlyList<string> Input { get; init; }

    /// <summary>False: an overlong input is an error. Ollama's default, true, silently truncates it.</summary>
    public bool? Truncate { get; init; }

    public int? Dimensions { get; init; }

    public JsonElement? Options { get; init; }

    public JsonElement? KeepAlive { get; init; }
}

/// <summary>Its answer.</summary>
internal sealed record OllamaEmbedResponse
{
    /// <summary>
    /// Read directly as single precision from the decimals, which Ollama wrote from single precision, so that nothing is
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
