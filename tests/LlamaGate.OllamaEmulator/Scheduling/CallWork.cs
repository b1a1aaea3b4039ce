using LlamaGate.OllamaEmulator.Models;

namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>What a call asks of the scheduler and of a runner.</summary>
/// <param name="Model">Its blob names the runner.</param>
/// <param name="Needs">The runner that it takes.</param>
/// <param name="Prompt">The words to compute.</param>
/// <param name="Tokens">How many tokens are generated; 0 for embeddings, which end with the prompt.</param>
internal sealed record CallWork(EmulatedModel Model, RunnerNeeds Needs, IReadOnlyList<string> Prompt, int Tokens)
{
    private const string CallerWord = "caller=";

    /// <summary>How long the model stays afterwards; null leaves it as it is.</summary>
    public TimeSpan? KeepAlive { get; init; }

    /// <summary>Only the load is wanted: no slot is taken.</summary>
    public bool OnlyLoads { get; init; }

    /// <summary>Who sent it: the rest of the prompt's first word that begins with <c>caller=</c>; null when there is none.</summary>
    public string? Caller => Prompt.FirstOrDefault(word => word.StartsWith(CallerWord, StringComparison.Ordinal))?[CallerWord.Length..];

    /// <summary>The call asks for the model to be loaded, and for nothing else.</summary>
    public static CallWork Load(EmulatedModel model, RunnerNeeds needs) => new(model, needs, [], 0) { OnlyLoads = true };
}
