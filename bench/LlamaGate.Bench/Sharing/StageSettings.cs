namespace LlamaGate.Bench.Sharing;

/// <summary>What a scenario needs: the emulated Ollama's manner, and the gateway's configuration.</summary>
internal sealed record StageSettings
{
    /// <summary>Calls that a runner works on at once, and SLOTS.</summary>
    public int Slots { get; init; } = 1;

    public TimeSpan Load { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a token of an answer takes.</summary>
    public TimeSpan Token { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Tokens of prompts that the upstream reads in a second; null = its own default.</summary>
    public int? PromptRate { get; init; }

    /// <summary>A gateway's callers; each has a key.</summary>
    public required IReadOnlyList<string> Callers { get; init; }

    /// <summary>Besides what every gateway of the bench is given.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the gateway keeps to its core, as where one gateway is measured.</summary>
    public bool IsPinned { get; init; } = true;

    /// <summary>Whether the gateway's memory is looked into.</summary>
    public bool IsProbed { get; init; }
}
