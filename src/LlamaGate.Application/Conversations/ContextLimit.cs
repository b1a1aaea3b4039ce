using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>Detects whether an answer exceeded the context of its runner, which then dropped the oldest turns.</summary>
internal static class ContextLimit
{
    /// <summary>No runner has a smaller context (Ollama's smallest default), so shorter exchanges need no look-up.</summary>
    private const int MinContext = 2048;

    private const string ContextOption = "num_ctx";

    /// <summary>The context that was exceeded, in tokens; null when it was not, or is not known.</summary>
    public static ValueTask<int?> ExceededAsync(
        ConversationBatch batch, TokenUsage? usage, IModelCatalogue models, CancellationToken cancellationToken)
    {
        // The sum over several calls says nothing about one of them.
        if (usage is null || batch.Calls > 1)
        {
            return default;
        }

        var requested = RequestedContext(batch.Requests[0].Options);
        if (usage.TotalTokens <= Math.Min(requested ?? MinContext, MinContext))
        {
            return default;
        }

        return requested is { } context
            ? new(Exceeded(usage, context))
            : new(LookUpAsync(batch.Model, usage, models, cancellationToken));
    }

    private static async Task<int?> LookUpAsync(
        string model, TokenUsage usage, IModelCatalogue models, CancellationToken cancellationToken) =>
        Exceeded(usage, await models.GetContextLengthAsync(model, cancellationToken));

    private static int? Exceeded(TokenUsage usage, int? context) => usage.TotalTokens > context ? context : null;

    private static int? RequestedContext(GenerationOptions options) =>
        options.Vendor is { } vendor && vendor.TryGetProperty(ContextOption, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var context)
                ? context
                : null;
}
