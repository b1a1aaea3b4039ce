using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/generate</c>. What is null is not sent, so that the Modelfile's defaults hold.</summary>
internal sealed record OllamaGenerateRequest
{
    public required string Model { get; init; }

    /// <summary>Never empty: Ollama would only load the model.</summary>
    public required string Prompt { get; init; }

    public string? Suffix { get; init; }

    /// <summary>Always sent: Ollama's default is true.</summary>
    public required bool Stream { get; init; }

    public JsonElement? Options { get; init; }

    /// <summary>A bool or a level.</summary>
    public JsonElement? Think { get; init; }

    public JsonElement? KeepAlive { get; init; }

    /// <summary>False: an overlong prompt is an error.</summary>
    public bool? Truncate { get; init; }

    /// <summary>False: a full context ends the answer.</summary>
    public bool? Shift { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }
}

/// <summary>Its answer.</summary>
internal sealed record OllamaGenerateResponse : OllamaGenerationResponse
{
    public string? Response { get; init; }

    public string? Thinking { get; init; }
}
