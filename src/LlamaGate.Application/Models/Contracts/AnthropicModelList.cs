using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Models.Contracts;

/// <summary>Anthropic's page of a list of models.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record AnthropicModelList
{
    public required IReadOnlyList<AnthropicModel> Data { get; init; }

    /// <summary>Whether there are more models in the requested direction.</summary>
    public required bool HasMore { get; init; }

    /// <summary>The id of the page's first model; null when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FirstId => Data.Count > 0 ? Data[0].Id : null;

    /// <summary>The id of the page's last model; null when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? LastId => Data.Count > 0 ? Data[^1].Id : null;
}

/// <summary>Anthropic's form of a model.</summary>
public sealed record AnthropicModel
{
    public string Type { get; } = "model";

    /// <summary>Its name or an alias.</summary>
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>When it was pulled or last changed: RFC 3339, in UTC and whole seconds.</summary>
    public required string CreatedAt { get; init; }

    /// <summary><c>active</c>: Ollama has the model.</summary>
    public string Lifecycle { get; } = "active";

    /// <summary>The context of the loaded model, in tokens; null if it is not loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxInputTokens { get; init; }

    /// <summary>Always null: Ollama has no such limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxTokens { get; }

    /// <summary>Always null: most of Anthropic's words for what a model can do have no meaning here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Capabilities { get; }

    /// <summary>Always null: no model here belongs to a line of Anthropic's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Line { get; }

    /// <summary>Always null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? DeprecatedAt { get; }

    /// <summary>Always null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? RetiresAt { get; }
}
