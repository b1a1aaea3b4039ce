using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Clients;

/// <summary>What a call really takes; the gateway learns of it as it would from Ollama.</summary>
/// <param name="TextBytes">What is known at arrival.</param>
internal sealed record Work(int TextBytes, int PromptTokens, int CompletionTokens, TimeSpan Prompt, TimeSpan Eval)
{
    /// <summary>Speeds of the simulated hosts, in tokens per second. They are not what the scheduler assumes at first.</summary>
    private const double PromptRate = 800;
    private const double EvalRate = 40;
    private const double TokensPerByte = 0.25;

    /// <summary>The part of a call's time in which its prompt is computed.</summary>
    private const double PromptPart = 0.1;

    /// <summary>Ollama computes prompts in batches of so many tokens.</summary>
    private const int BatchTokens = 512;

    /// <summary>Given in the request; null = not limited.</summary>
    public int? MaxTokens { get; init; }

    public TimeSpan Service => Prompt + Eval;

    public TimeSpan Batch => Prompt * Math.Min(1, (double)BatchTokens / PromptTokens);

    /// <summary>A call that holds its slot for that time. Texts have more or fewer tokens for their bytes.</summary>
    public static Work Of(TimeSpan service, Draws draws)
    {
        var prompt = Math.Max(1, (int)(service.TotalSeconds * PromptPart * PromptRate));
        var completion = Math.Max(1, (int)(service.TotalSeconds * (1 - PromptPart) * EvalRate));
        var bytes = (int)(prompt / TokensPerByte * draws.Between(0.9, 1.1));
        return new Work(bytes, prompt, completion, service * PromptPart, service * (1 - PromptPart));
    }

    /// <summary>A call for which the scheduler's first assumptions are exact.</summary>
    /// <param name="tokens">At most 256.</param>
    public static Work Exact(int tokens) => new(1000, 270, tokens, TimeSpan.FromSeconds(270 / 500.0), TimeSpan.FromSeconds(tokens / 30.0))
    {
        MaxTokens = tokens,
    };
}
