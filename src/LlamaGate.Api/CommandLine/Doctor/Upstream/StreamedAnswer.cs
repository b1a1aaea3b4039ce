namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>A stream as received through the gateway.</summary>
/// <param name="Arrivals">When each event with data arrived, counted from the request.</param>
/// <param name="Generating">Ollama's generation time, as reported by the gateway; null if it is not reported.</param>
internal sealed record StreamedAnswer(IReadOnlyList<TimeSpan> Arrivals, TimeSpan? Generating);
