using LlamaGate.Domain.Scheduling;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary><see cref="LearnedFigures"/> on their way between gateways.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.learned")]
internal sealed record LearnedMessage
{
    [Id(0)]
    public required string Model { get; init; }

    [Id(1)]
    public double? TokensPerByte { get; init; }

    [Id(2)]
    public double? CompletionTokens { get; init; }

    [Id(3)]
    public double? PromptSecondsPerToken { get; init; }

    [Id(4)]
    public double? EvalSecondsPerToken { get; init; }

    [Id(5)]
    public LearnedHostMessage[] Hosts { get; init; } = [];

    public static LearnedMessage Of(LearnedFigures figures) => new()
    {
        Model = figures.Model,
        TokensPerByte = figures.TokensPerByte,
        CompletionTokens = figures.CompletionTokens,
        PromptSecondsPerToken = figures.PromptSecondsPerToken,
        EvalSecondsPerToken = figures.EvalSecondsPerToken,
        Hosts = [.. figures.Hosts.Select(one => new LearnedHostMessage { Host = one.Host, LoadSeconds = one.LoadSeconds, Slots = one.Slots })],
    };

    public LearnedFigures ToFigures() => new(Model)
    {
        TokensPerByte = TokensPerByte,
        CompletionTokens = CompletionTokens,
        PromptSecondsPerToken = PromptSecondsPerToken,
        EvalSecondsPerToken = EvalSecondsPerToken,
        Hosts = [.. Hosts.Select(one => new LearnedHost(one.Host, one.LoadSeconds, one.Slots))],
    };
}

/// <summary>A <see cref="LearnedHost"/> on its way between gateways.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.learnedhost")]
internal sealed record LearnedHostMessage
{
    [Id(0)]
    public required string Host { get; init; }

    [Id(1)]
    public double? LoadSeconds { get; init; }

    [Id(2)]
    public int? Slots { get; init; }
}
