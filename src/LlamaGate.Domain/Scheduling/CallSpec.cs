using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>A call that wants a slot.</summary>
/// <param name="Principal">Who is charged for it.</param>
/// <param name="Model">What a runner is of: the digest of the model, or its name when the digest is not known.</param>
public sealed record CallSpec(Principal Principal, string Model)
{
    /// <summary>What the operator says about the model.</summary>
    public ModelRule Rule { get; init; } = ModelRule.None;

    /// <summary>Whether the call embeds texts; such a runner has one slot unless the model's rule names another number.</summary>
    public bool IsEmbedding { get; init; }

    /// <summary>The class that the request asks for; null = the principal's. Never above the principal's.</summary>
    public KeyPriority? Priority { get; init; }

    /// <summary>UTF-8 bytes of the prompt's texts.</summary>
    public int TextBytes { get; init; }

    public int Images { get; init; }

    /// <summary>The most tokens that may be generated; null = not limited.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The context that the caller wishes for, in tokens; null = no wish. Without <see cref="ModelRule.MaxContext"/> it has no effect.</summary>
    public int? Context { get; init; }

    /// <summary>A hash of the first messages; calls with an equal one share a prompt of 2 kB or more. Null: the prompt is shorter.</summary>
    public long? Prefix { get; init; }

    /// <summary>False when the times of the call say nothing about the runner's slots.</summary>
    public bool TeachesSlots { get; init; } = true;

    /// <summary>Bytes of the body, which is kept while the call waits.</summary>
    public long BodyBytes { get; init; }

    /// <summary>When the first part of the same request arrived; null = now. Later parts keep its place.</summary>
    public TimeSpan? ArrivedAt { get; init; }

    /// <summary>What the runtime attaches to the call. Not read here.</summary>
    public object? Tag { get; init; }
}
