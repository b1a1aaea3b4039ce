using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>
/// OpenAI's response: the answer and the settings it was made with. Members stand in the order in which they are written; what was
/// not sent is null where OpenAI would report a default that is not the model's.
/// </summary>
public sealed record ResponseObject
{
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Incomplete = "incomplete";
    public const string Failed = "failed";

    /// <summary><c>resp_</c> and 24 random letters and digits. It refers to the response while it is stored.</summary>
    public required string Id { get; init; }

    public string Object { get; } = "response";

    /// <summary>Unix seconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>in_progress, completed, incomplete or failed.</summary>
    public required string Status { get; init; }

    public bool Background { get; }

    /// <summary>Unix seconds; null unless the status is completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? CompletedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResponseError? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IncompleteDetails? IncompleteDetails { get; init; }

    /// <summary>As sent; null until the last event of a stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Instructions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxOutputTokens { get; init; }

    /// <summary>The model as requested.</summary>
    public required string Model { get; init; }

    public required IReadOnlyList<ResponseOutputItem> Output { get; init; }

    public required bool ParallelToolCalls { get; init; }

    /// <summary>As sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? PreviousResponseId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? PromptCacheKey { get; init; }

    public required ResponseReasoningSettings Reasoning { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? SafetyIdentifier { get; init; }

    /// <summary>True if the request had it and the response is stored. False means nothing: a response is stored unless <c>store</c> is false.</summary>
    public bool Store { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Temperature { get; init; }

    public required ResponseTextParam Text { get; init; }

    [JsonConverter(typeof(ResponseToolChoiceConverter))]
    public required ResponseToolChoice ToolChoice { get; init; }

    /// <summary>As sent, without those that were left out; empty until the last event of a stream.</summary>
    public required IReadOnlyList<ResponseTool?> Tools { get; init; }

    /// <summary>0 when it was not sent.</summary>
    public int TopLogprobs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? TopP { get; init; }

    public string Truncation { get; } = "disabled";

    /// <summary>Null while the answer is under way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResponseUsage? Usage { get; init; }

    /// <summary>Absent when it was not sent.</summary>
    public string? User { get; init; }

    /// <summary>As sent; otherwise an empty object.</summary>
    public required JsonElement Metadata { get; init; }

    internal static string EndStatus(bool isCut) => isCut ? Incomplete : Completed;
}

/// <summary>Why a response failed.</summary>
/// <param name="Code">Of OpenAI's closed list: <c>server_error</c> where no other fits.</param>
/// <param name="Message">In words.</param>
public sealed record ResponseError(string Code, string Message);

/// <param name="Reason"><c>max_output_tokens</c>.</param>
public sealed record IncompleteDetails(string Reason);

/// <summary>Tokens as Ollama counted them.</summary>
public sealed record ResponseUsage
{
    public required int InputTokens { get; init; }

    public InputTokensDetails InputTokensDetails { get; } = new();

    public required int OutputTokens { get; init; }

    public OutputTokensDetails OutputTokensDetails { get; } = new();

    public required int TotalTokens { get; init; }

    public static ResponseUsage Of(TokenUsage usage) => new()
    {
        InputTokens = usage.PromptTokens,
        OutputTokens = usage.CompletionTokens,
        TotalTokens = usage.TotalTokens,
    };
}

/// <summary>Always zero: Ollama counts cached tokens with the others.</summary>
public sealed record InputTokensDetails
{
    public int CachedTokens { get; }

    public int CacheWriteTokens { get; }
}

/// <summary>Always zero: Ollama counts a thought's tokens with the others.</summary>
public sealed record OutputTokensDetails
{
    public int ReasoningTokens { get; }
}
