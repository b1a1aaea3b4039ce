using System.Globalization;

namespace LlamaGate.Api.Requests;

/// <summary>Reports that a conversation outgrew the model's context, so that Ollama dropped its oldest turns while it answered.</summary>
internal static class ContextShift
{
    /// <summary>Null for an answer that fits.</summary>
    public static string? Of(IAnswerFacts? answer) =>
        answer?.ExceededContext is { } context
            ? string.Create(CultureInfo.InvariantCulture, $"shifted; context={context}; tokens={answer.Usage?.TotalTokens ?? 0}")
            : null;
}
