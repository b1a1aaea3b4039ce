namespace LlamaGate.Domain.Health;

/// <summary>Whether Ollama answers.</summary>
/// <param name="Fault">The problem, in a text that can be shown to anyone; null when healthy.</param>
public sealed record UpstreamHealth(string? Fault)
{
    public static UpstreamHealth Connected { get; } = new((string?)null);

    public static UpstreamHealth Unreachable { get; } = new("Ollama unreachable");

    public static UpstreamHealth RefusedCredentials(int status) =>
        new($"Ollama returned status {status}: OLLAMA_API_KEY is missing or wrong");

    public bool IsHealthy => Fault is null;

    public static UpstreamHealth AnsweredWith(int status) => new($"Ollama returned status {status}");
}
