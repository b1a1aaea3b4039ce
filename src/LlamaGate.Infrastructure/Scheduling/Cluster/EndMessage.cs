using LlamaGate.Domain.Scheduling;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A <see cref="CallEnd"/> on its way to the scheduler.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.end")]
internal sealed record EndMessage
{
    [Id(0)]
    public bool IsComplete { get; init; }

    [Id(1)]
    public bool IsFree { get; init; }

    [Id(2)]
    public int PromptTokens { get; init; }

    [Id(3)]
    public int CompletionTokens { get; init; }

    [Id(4)]
    public double PromptSeconds { get; init; }

    [Id(5)]
    public double EvalSeconds { get; init; }

    [Id(6)]
    public double LoadSeconds { get; init; }

    /// <summary>The model was loaded for it although the gateway had loaded the model.</summary>
    [Id(7)]
    public bool HasLoaded { get; init; }

    public static EndMessage Of(CallEnd end, bool hasLoaded) => new()
    {
        IsComplete = end.IsComplete,
        IsFree = end.IsFree,
        PromptTokens = end.PromptTokens,
        CompletionTokens = end.CompletionTokens,
        PromptSeconds = end.PromptSeconds,
        EvalSeconds = end.EvalSeconds,
        LoadSeconds = end.LoadSeconds,
        HasLoaded = hasLoaded,
    };

    public CallEnd ToEnd() => new()
    {
        IsComplete = IsComplete,
        IsFree = IsFree,
        PromptTokens = PromptTokens,
        CompletionTokens = CompletionTokens,
        PromptSeconds = PromptSeconds,
        EvalSeconds = EvalSeconds,
        LoadSeconds = LoadSeconds,
    };
}
