using System.Text.Json;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Completions;

/// <summary>A prompt to be answered outside of a conversation. What is null was not asked for, and the model's own default holds.</summary>
public sealed record GenerateRequest(string Model, string Prompt, GenerationOptions Options)
{
    /// <summary>What comes after the answer: the model fills the gap between prompt and suffix.</summary>
    public string? Suffix { get; init; }

    public ThinkLevel? Think { get; init; }

    /// <summary>How long Ollama keeps the model loaded afterwards: a number of seconds or a Go-style duration string.</summary>
    public JsonElement? KeepAlive { get; init; }

    /// <summary>Whether each token's log probability is asked for.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>How many alternatives to each token, 1–20.</summary>
    public int? TopLogprobs { get; init; }
}
