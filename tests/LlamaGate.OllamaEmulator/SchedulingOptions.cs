namespace LlamaGate.OllamaEmulator;

/// <summary>
/// Lets the emulator load models, queue calls and take time as a real Ollama does. A word counts as a token, as everywhere here.
/// </summary>
public sealed record SchedulingOptions
{
    /// <summary>OLLAMA_NUM_PARALLEL: calls that a runner works on at once. Embedding models and some families have 1 anyway.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>OLLAMA_MAX_LOADED_MODELS: one more evicts one that is loaded.</summary>
    public int MaxLoadedModels { get; init; } = 1;

    /// <summary>OLLAMA_MAX_QUEUE: calls that wait for a load, beside the one that is loading. More get status 503.</summary>
    public int MaxQueue { get; init; } = 512;

    /// <summary>OLLAMA_KEEP_ALIVE: how long an idle model stays, unless a call says otherwise.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What a load takes, unless <see cref="EmulatedModel.LoadTime"/> says otherwise.</summary>
    public TimeSpan LoadTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What one token of the answer takes; the calls in all slots get theirs at the same time.</summary>
    public TimeSpan TokenTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Speed at which prompts are computed. The calls of a runner share it.</summary>
    public double PromptTokensPerSecond { get; init; } = 1000;

    /// <summary>Tokens of prompts in one step of a runner: nobody gets a token before the step has ended.</summary>
    public int BatchTokens { get; init; } = 512;

    /// <summary>Seed of the order in which the calls that waited for a load get in.</summary>
    public int Seed { get; init; } = 1;
}
