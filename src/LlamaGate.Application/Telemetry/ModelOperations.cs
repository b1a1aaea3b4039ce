using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Telemetry;

/// <summary>What a call does with a model, as the conventions name it.</summary>
internal static class ModelOperations
{
    public static string Of(UsageOperation operation) => operation switch
    {
        UsageOperation.Chat => TelemetryNames.Chat,
        UsageOperation.TextCompletion => TelemetryNames.TextCompletion,
        UsageOperation.Embeddings => TelemetryNames.Embeddings,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
