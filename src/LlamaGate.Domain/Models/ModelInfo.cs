namespace LlamaGate.Domain.Models;

/// <summary>A model that the upstream has.</summary>
/// <param name="Name">Its name with tag (<c>llama3.2:3b</c>).</param>
/// <param name="ModifiedAt">When it was pulled or last changed.</param>
public sealed record ModelInfo(string Name, DateTimeOffset ModifiedAt)
{
    /// <summary>The longest context that the model was made for, in tokens; null when Ollama does not say.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Ollama's words for what it can do: completion, tools, thinking, vision, embedding …; null when Ollama does not say.</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }
}
