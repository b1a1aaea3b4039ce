namespace LlamaGate.Infrastructure.Ollama;

/// <summary>An endpoint of Ollama's, and what the caller calls the fields that it may complain of.</summary>
/// <param name="Path">Relative: <c>api/chat</c>.</param>
/// <param name="Prompt">The field that holds the prompt.</param>
/// <param name="Thinking">The field that asks for thinking.</param>
internal sealed record OllamaEndpoint(string Path, string Prompt = "messages", string Thinking = "reasoning_effort")
{
    public static OllamaEndpoint Chat { get; } = new("api/chat");

    public static OllamaEndpoint Generate { get; } = new("api/generate", "prompt", "think");

    public static OllamaEndpoint Embed { get; } = new("api/embed", "input", "think");

    public static OllamaEndpoint Show { get; } = new("api/show");

    public static OllamaEndpoint Tags { get; } = new("api/tags");
}
