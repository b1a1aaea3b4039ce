namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>A stream as it came through the gateway.</summary>
/// <param name="Arrivals">When each event with data came, counted from the request.</param>
/// <param name="Generating">How long Ollama was writing, as the gateway tells; null when it does not.</param>
internal sealed record StreamedAnswer(IReadOnlyList<TimeSpan> Arrivals, TimeSpan? Generating);
