using System.Text.Json.Serialization;

namespace LlamaGate.Application.Models.Contracts;

/// <summary>OpenAI's model.</summary>
/// <remarks>Members stand in the order in which they are written.</remarks>
public sealed record ModelObject
{
    /// <summary>The name to ask for.</summary>
    public required string Id { get; init; }

    public string Object { get; } = "model";

    /// <summary>Unix seconds at which the model was last changed in Ollama.</summary>
    public required long Created { get; init; }

    /// <summary><c>library</c>, as Ollama's own layer says, or <c>alias</c>.</summary>
    public required string OwnedBy { get; init; }

    /// <summary>
    /// The context in tokens: of the model as it is loaded, else the longest that it was made for. Absent when Ollama does not say.
    /// </summary>
    public int? ContextLength { get; init; }

    /// <summary>The same, under a name that some clients read.</summary>
    public int? MaxModelLen => ContextLength;

    /// <summary>Ollama's words for what the model can do, such as <c>tools</c>, <c>vision</c> and <c>thinking</c>.</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }
}

/// <summary>OpenAI's list of models.</summary>
public sealed record ModelList
{
    public string Object { get; } = "list";

    public required IReadOnlyList<ModelObject> Data { get; init; }
}

/// <summary>Source-generated writing of the model contracts.</summary>
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelObject))]
[JsonSerializable(typeof(AnthropicModelList))]
[JsonSerializable(typeof(AnthropicModel))]
public sealed partial class ModelsJsonContext : JsonSerializerContext;
