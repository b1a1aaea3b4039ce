namespace LlamaGate.Api.Health;

/// <param name="Status"><c>alive</c>, <c>ready</c> or <c>draining</c>.</param>
internal sealed record ProbeState(string Status);
