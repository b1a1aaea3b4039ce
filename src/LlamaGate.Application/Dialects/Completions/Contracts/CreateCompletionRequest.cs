using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.Completions.Contracts;

/// <summary>
/// OpenAI's body of <c>POST /v1/completions</c>. A member that is null was absent (or null, which OpenAI reads the same). The
/// prompt goes through the model's template, as Ollama's own layer has it.
/// </summary>
public sealed record CreateCompletionRequest : INamesModel
{
    /// <summary>The model, as Ollama lists it: <c>llama3.2:3b</c>. Required.</summary>
    public string? Model { get; set; }

    /// <summary>
    /// A text, or several that are answered each on its own; none empty. Required: OpenAI's default, the start of a document, is
    /// nothing that Ollama can be told. Token arrays are refused.
    /// </summary>
    public TextInput? Prompt { get; set; }

    /// <summary>The text after the answer, for fill-in-the-middle models.</summary>
    public string? Suffix { get; set; }

    /// <summary>Most tokens to generate, 1 or more. Default: the model's, usually no limit (OpenAI's is 16).</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Randomness, 0–2. Default: the model's.</summary>
    public double? Temperature { get; set; }

    /// <summary>Nucleus sampling, 0–1. Default: the model's.</summary>
    public double? TopP { get; set; }

    /// <summary>How many answers to each prompt, 1–8. Default 1.</summary>
    public int? N { get; set; }

    /// <summary>
    /// How many answers are made of which the <see cref="N"/> likeliest (by mean log probability) are given, 1–20, at least N and
    /// not with <see cref="Stream"/> when more. All are counted. Default N.
    /// </summary>
    public int? BestOf { get; set; }

    /// <summary>Stream the answer as server-sent events. Default false.</summary>
    public bool? Stream { get; set; }

    public StreamOptions? StreamOptions { get; set; }

    /// <summary>Return each token's log probability and this number of alternatives, 0–5. Default: none.</summary>
    public int? Logprobs { get; set; }

    /// <summary>Put the prompt before the answer. Default false. Not with <see cref="Logprobs"/>, which Ollama does not return for prompts.</summary>
    public bool? Echo { get; set; }

    /// <summary>Up to 64 stop sequences: a string or an array of strings.</summary>
    [JsonConverter(typeof(StopSequencesConverter))]
    public IReadOnlyList<string>? Stop { get; set; }

    /// <summary>Penalty for tokens that have already occurred, −2–2.</summary>
    public double? PresencePenalty { get; set; }

    /// <summary>Penalty for tokens by their frequency, −2–2.</summary>
    public double? FrequencyPenalty { get; set; }

    /// <summary>Makes sampling repeatable; the answers to one prompt use consecutive seeds from this one.</summary>
    public long? Seed { get; set; }

    /// <summary>Ollama: how long the model stays loaded, seconds or a duration such as <c>"10m"</c>.</summary>
    public JsonElement? KeepAlive { get; set; }

    /// <summary>Ollama: thinking on or off, or <c>"low"</c>, <c>"medium"</c>, <c>"high"</c>, <c>"max"</c>. Default: the model's.</summary>
    public JsonElement? Think { get; set; }

    /// <summary>Ollama: further options such as <c>num_ctx</c> or <c>top_k</c>. OpenAI's own fields override them.</summary>
    public JsonElement? Options { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? User { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
