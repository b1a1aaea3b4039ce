using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>
/// OpenAI's body of <c>POST /v1/responses</c>. A member that is null was absent (or null, which OpenAI reads the same).
/// </summary>
public sealed record CreateResponseRequest : INamesModel
{
    /// <summary>The model, as Ollama lists it: <c>llama3.2:3b</c>. Required.</summary>
    public string? Model { get; set; }

    /// <summary>A user's string, or the conversation so far as items. Required, unless <see cref="PreviousResponseId"/> is set.</summary>
    [JsonConverter(typeof(ResponseInputConverter))]
    public ResponseInput? Input { get; set; }

    /// <summary>A system message before the input.</summary>
    public string? Instructions { get; set; }

    /// <summary>Stream the answer as server-sent events. Default false.</summary>
    public bool? Stream { get; set; }

    /// <summary>Accepted; <c>include_obfuscation</c> has no effect and is listed in <c>X-LlamaGate-Ignored</c>.</summary>
    public JsonElement? StreamOptions { get; set; }

    /// <summary>Randomness, 0–2. Default: the model's.</summary>
    public double? Temperature { get; set; }

    /// <summary>Nucleus sampling, 0–1. Default: the model's.</summary>
    public double? TopP { get; set; }

    /// <summary>Most tokens to generate, 1 or more. An answer that reaches it has the status <c>incomplete</c>.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>The format of the answer's text.</summary>
    public ResponseTextParam? Text { get; set; }

    /// <summary>How much a thinking model thinks.</summary>
    public ResponseReasoning? Reasoning { get; set; }

    /// <summary>
    /// What the model may call: functions, custom tools, both in namespaces, a tool_search and a shell that the client runs. Tools of
    /// other types are left out and named in <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    public IReadOnlyList<ResponseTool?>? Tools { get; set; }

    /// <summary>
    /// <c>auto</c>, <c>none</c>, <c>required</c>, one tool, or the tools among <c>allowed_tools</c>. The choice of a tool that is left
    /// out is <c>auto</c>, and named in <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    [JsonConverter(typeof(ResponseToolChoiceConverter))]
    public ResponseToolChoice? ToolChoice { get; set; }

    /// <summary>False: at most one call in the answer. Default true.</summary>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>Alternatives to each token, 0–20; more than 0 requests log probabilities.</summary>
    public int? TopLogprobs { get; set; }

    /// <summary>
    /// What to add to the answer: <c>message.output_text.logprobs</c>, and <c>reasoning.encrypted_content</c>, which holds a thought for
    /// clients that give only this back. Anything else has no effect and is listed in <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    public IReadOnlyList<string?>? Include { get; set; }

    /// <summary>Echoed in the answer: an object of strings.</summary>
    public JsonElement? Metadata { get; set; }

    /// <summary>Echoed in the answer.</summary>
    public string? User { get; set; }

    /// <summary>Echoed in the answer.</summary>
    public string? SafetyIdentifier { get; set; }

    /// <summary>Echoed in the answer.</summary>
    public string? PromptCacheKey { get; set; }

    /// <summary>
    /// On shared hosts <c>flex</c> has low and <c>priority</c> high priority, as far as the key allows. Otherwise no effect.
    /// </summary>
    public JsonElement? ServiceTier { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? ClientMetadata { get; set; }

    /// <summary>
    /// Whether the response and its items can be referred to later. Default true: they are kept in memory for RESPONSES_STORE_TTL. The
    /// answer says <c>"store":true</c> only when it was sent.
    /// </summary>
    public bool? Store { get; set; }

    /// <summary>Accepted: the gateway behaves as with <c>disabled</c>; <c>auto</c> is listed in <c>X-LlamaGate-Ignored</c>.</summary>
    public string? Truncation { get; set; }

    /// <summary>True is refused: responses do not run in the background.</summary>
    public bool? Background { get; set; }

    /// <summary>A response to continue: its input and output come before the new input, its instructions do not.</summary>
    public string? PreviousResponseId { get; set; }

    /// <summary>Refused: the gateway stores no conversations.</summary>
    public JsonElement? Conversation { get; set; }

    /// <summary>Refused: the gateway has no prompt templates.</summary>
    public JsonElement? Prompt { get; set; }

    /// <summary>Ollama: how long the model stays loaded, seconds or a duration such as <c>"10m"</c>.</summary>
    public JsonElement? KeepAlive { get; set; }

    /// <summary>Ollama: thinking on or off, or a level. Overrides <see cref="Reasoning"/>.</summary>
    public JsonElement? Think { get; set; }

    /// <summary>Ollama: further options such as <c>num_ctx</c>, <c>seed</c> or <c>stop</c>. OpenAI's own fields override them.</summary>
    public JsonElement? Options { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
