using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Dialects.ChatCompletions.Contracts;

/// <summary>OpenAI's answer to a chat that was not streamed.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record ChatCompletion
{
    /// <summary><c>chatcmpl-</c> and 24 random letters and digits.</summary>
    public required string Id { get; init; }

    public string Object { get; } = "chat.completion";

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    /// <summary>The model as requested.</summary>
    public required string Model { get; init; }

    public string SystemFingerprint { get; } = SystemFingerprints.Ollama;

    public required IReadOnlyList<ChatCompletionChoice> Choices { get; init; }

    public required CompletionUsage Usage { get; init; }
}

/// <summary>One answer among the n that were asked for.</summary>
public sealed record ChatCompletionChoice
{
    public required int Index { get; init; }

    public required ChatCompletionMessage Message { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChoiceLogprobs? Logprobs { get; init; }

    /// <summary>stop, length, tool_calls, or function_call for the older form.</summary>
    public required string FinishReason { get; init; }
}

/// <summary>What the assistant said.</summary>
public sealed record ChatCompletionMessage
{
    public string Role { get; } = "assistant";

    /// <summary>The text; null if there are only tool calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Content { get; init; }

    /// <summary>Always null: Ollama's models have no refusals of their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Refusal { get; init; }

    /// <summary>The model's thoughts (DeepSeek's and vLLM's name); absent if it did not think.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>The same under Ollama's and OpenRouter's name.</summary>
    public string? Reasoning { get; init; }

    public IReadOnlyList<ChatCompletionToolCall>? ToolCalls { get; init; }

    /// <summary>The call in its legacy form, if the request used <c>functions</c>.</summary>
    public FunctionCall? FunctionCall { get; init; }
}

/// <summary>A call that the model asks for.</summary>
public sealed record ChatCompletionToolCall
{
    /// <summary>The call's place among its answer's calls; in streams only.</summary>
    public int? Index { get; init; }

    public required string Id { get; init; }

    public string Type { get; } = "function";

    public required FunctionCall Function { get; init; }
}

/// <param name="Name">The function to call.</param>
/// <param name="Arguments">A JSON object as a string.</param>
public sealed record FunctionCall(string Name, string Arguments);

/// <summary>Log probabilities of an answer's tokens.</summary>
public sealed record ChoiceLogprobs
{
    public required IReadOnlyList<ChatTokenLogprob> Content { get; init; }

    /// <summary>Always null, as refusals are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ChatTokenLogprob>? Refusal { get; init; }
}
