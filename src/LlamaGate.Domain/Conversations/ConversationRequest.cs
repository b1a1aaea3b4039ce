using System.Text.Json;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Conversations;

/// <summary>One generation. Null means: not requested, so the model's own default applies.</summary>
/// <param name="Model">The model's own name, with aliases resolved.</param>
public sealed record ConversationRequest(string Model, Prompt Prompt, GenerationOptions Options)
{
    public ThinkLevel? Think { get; init; }

    /// <summary>
    /// <see cref="Think"/> came in a field that programs send to every model. For a model that cannot think, it is left out and listed as
    /// ignored, not refused.
    /// </summary>
    public bool IsThinkOptional { get; init; }

    /// <summary>How long Ollama keeps the model loaded afterwards: a number of seconds or a Go-style duration string.</summary>
    public JsonElement? KeepAlive { get; init; }

    /// <summary>Whether the answer contains each token's log probability.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>Number of alternatives to each token, 0–20.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>
    /// On shared hosts, the context in tokens that the request wishes for (<c>num_ctx</c>); it is not among the options then. Null = no wish.
    /// </summary>
    public int? Context { get; init; }

    /// <summary>The class that the request asks for on shared hosts; null = its sender's. It does not change the answer.</summary>
    public KeyPriority? Priority { get; init; }
}
