namespace LlamaGate.Bench.Scenarios;

/// <summary>The streams that the gateway offers.</summary>
internal enum Dialect
{
    Chat,
    Messages,
    Responses,
    Native,
}
