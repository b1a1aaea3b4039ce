namespace LlamaGate.Application.Validation;

/// <summary>Rules for how long a thinking model thinks.</summary>
internal static class ReasoningRules
{
    private static readonly string[] Efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max", "ultra"];

    /// <summary>One of the words of OpenAI and of Ollama's clients; absent is fine.</summary>
    public static RuleFailure? Effort(string param, string? effort) => effort is not null && !Efforts.Contains(effort)
        ? new(param, $"{param} must be one of {string.Join(", ", Efforts)}.")
        : null;
}
