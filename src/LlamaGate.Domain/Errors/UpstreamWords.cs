namespace LlamaGate.Domain.Errors;

/// <summary>Ollama's own error, for a caller who speaks Ollama's API.</summary>
/// <param name="Status">The status of its response.</param>
/// <param name="Json">Its body: an object with a string as <c>error</c>.</param>
public sealed record UpstreamWords(int Status, ReadOnlyMemory<byte> Json);
