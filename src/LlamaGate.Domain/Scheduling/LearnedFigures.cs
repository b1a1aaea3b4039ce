namespace LlamaGate.Domain.Scheduling;

/// <summary>What a scheduler has learned about a model from its calls and loads. A new scheduler begins with it.</summary>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
public sealed record LearnedFigures(string Model)
{
    /// <summary>Of prompts; null = not known, like the others.</summary>
    public double? TokensPerByte { get; init; }

    /// <summary>Of an answer.</summary>
    public double? CompletionTokens { get; init; }

    /// <summary>Of a prompt.</summary>
    public double? PromptSecondsPerToken { get; init; }

    /// <summary>Of an answer.</summary>
    public double? EvalSecondsPerToken { get; init; }

    /// <summary>The hosts where it was loaded or is.</summary>
    public IReadOnlyList<LearnedHost> Hosts { get; init; } = [];
}

/// <summary>What was learned about a model on a host.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="LoadSeconds">How long its loads take; null = not known.</param>
/// <param name="Slots">How many of its calls run at once there; null = not loaded, or not learned but configured.</param>
public sealed record LearnedHost(string Host, double? LoadSeconds, int? Slots);
