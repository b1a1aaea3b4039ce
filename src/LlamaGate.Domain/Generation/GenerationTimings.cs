namespace LlamaGate.Domain.Generation;

/// <summary>Where Ollama spent its time on an answer, by its own clock.</summary>
/// <param name="Load">Loading the model (<c>load_duration</c>).</param>
/// <param name="Prompt">Reading the prompt (<c>prompt_eval_duration</c>).</param>
/// <param name="Eval">Generating (<c>eval_duration</c>).</param>
public sealed record GenerationTimings(TimeSpan Load, TimeSpan Prompt, TimeSpan Eval);
