using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>
/// OpenAI's body of <c>POST /v1/chat/completions</c>. A member that is null was absent (or null, which OpenAI reads the same).
/// </summary>
public sealed record ChatCompletionRequest : INamesModel
{
    /// <summary>The model, as Ollama lists it: <c>llama3.2:3b</c>. Required.</summary>
    public string? Model { get; set; }

    /// <summary>The conversation so far, at least one message. Required.</summary>
    public IReadOnlyList<ChatCompletionRequestMessage?>? Messages { get; set; }

    /// <summary>Stream the answer as server-sent events. Default false.</summary>
    public bool? Stream { get; set; }

    public StreamOptions? StreamOptions { get; set; }

    /// <summary>Randomness, 0–2. Default: the model's.</summary>
    public double? Temperature { get; set; }

    /// <summary>Nucleus sampling, 0–1. Default: the model's.</summary>
    public double? TopP { get; set; }

    /// <summary>Makes sampling repeatable.</summary>
    public long? Seed { get; set; }

    /// <summary>Penalty for tokens by their frequency, −2–2.</summary>
    public double? FrequencyPenalty { get; set; }

    /// <summary>Penalty for tokens that have already occurred, −2–2.</summary>
    public double? PresencePenalty { get; set; }

    /// <summary>Up to 64 stop sequences: a string or an array of strings.</summary>
    [JsonConverter(typeof(StopSequencesConverter))]
    public IReadOnlyList<string>? Stop { get; set; }

    /// <summary>Most tokens to generate, 1 or more. Overrides <see cref="MaxTokens"/>.</summary>
    public int? MaxCompletionTokens { get; set; }

    /// <summary>The legacy name of <see cref="MaxCompletionTokens"/>.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>The format of the answer: text, any JSON object, or JSON that follows a schema.</summary>
    public ResponseFormatParam? ResponseFormat { get; set; }

    /// <summary>Functions that the model may call.</summary>
    public IReadOnlyList<ToolParam?>? Tools { get; set; }

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or one named function.</summary>
    [JsonConverter(typeof(ToolChoiceConverter))]
    public ToolChoice? ToolChoice { get; set; }

    /// <summary>False: at most one call in the answer. Default true.</summary>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>The legacy form of <see cref="Tools"/>.</summary>
    public IReadOnlyList<FunctionParam?>? Functions { get; set; }

    /// <summary>The legacy form of <see cref="ToolChoice"/>.</summary>
    [JsonConverter(typeof(ToolChoiceConverter))]
    public ToolChoice? FunctionCall { get; set; }

    /// <summary>How many answers. Default 1.</summary>
    public int? N { get; set; }

    /// <summary>Return each token's log probability. Default false.</summary>
    public bool? Logprobs { get; set; }

    /// <summary>Alternatives to each token, 0–20; needs <see cref="Logprobs"/>.</summary>
    public int? TopLogprobs { get; set; }

    /// <summary>
    /// How long a thinking model thinks: none, minimal, low, medium, high, xhigh, max, ultra. Another word is not sent and named in
    /// <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    public string? ReasoningEffort { get; set; }

    /// <summary>OpenRouter's form, <c>{"effort":…}</c>: used if <see cref="ReasoningEffort"/> is absent.</summary>
    public JsonElement? Reasoning { get; set; }

    /// <summary>Ollama: how long the model stays loaded, seconds or a duration such as <c>"10m"</c>.</summary>
    public JsonElement? KeepAlive { get; set; }

    /// <summary>Ollama: thinking on or off, or <c>"low"</c>, <c>"medium"</c>, <c>"high"</c>, <c>"max"</c>. Overrides <see cref="ReasoningEffort"/>.</summary>
    public JsonElement? Think { get; set; }

    /// <summary>Ollama: further options such as <c>num_ctx</c> or <c>top_k</c>. OpenAI's own fields override them.</summary>
    public JsonElement? Options { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? User { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? Metadata { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? Store { get; set; }

    /// <summary>
    /// On shared hosts <c>flex</c> has low and <c>priority</c> high priority, as far as the key allows. Otherwise no effect.
    /// </summary>
    public JsonElement? ServiceTier { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? PromptCacheKey { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? SafetyIdentifier { get; set; }

    /// <summary>Output kinds; anything except text is ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    public JsonElement? Modalities { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
