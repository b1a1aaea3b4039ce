namespace LlamaGate.Api.Tests.Telemetry;

/// <param name="Kind">1 internal, 2 server, 3 client.</param>
internal sealed record OtlpSpan(string TraceId, string Id, string ParentId, string Name, int Kind)
{
    public string State { get; init; } = "";

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
