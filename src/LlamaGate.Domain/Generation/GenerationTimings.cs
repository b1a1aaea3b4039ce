namespace LlamaGate.Domain.Generation;

/// <summary>How Ollama's time for an answer was spent, as reported by Ollama.</summary>
/// <param name="Load">Loading the model (<c>load_duration</c>).</param>
/// <param name="Prompt">Reading the prompt (<c>prompt_eval_duration</c>).</param>
/// <param name="Eval">Generating (<c>eval_duration</c>).</param>
public sealed record GenerationTimings(TimeSpan Load, TimeSpan Prompt, TimeSpan Eval)
{
    /// <summary>A model that is loaded reports a load as well, of a fraction of a second.</summary>
    private static readonly TimeSpan MaxWarmLoad = TimeSpan.FromSeconds(1);

    /// <summary>Whether the model was really loaded for the call.</summary>
    public bool HasLoaded => Load > MaxWarmLoad;
}
