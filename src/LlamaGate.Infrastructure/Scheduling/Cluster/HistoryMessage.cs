using LlamaGate.Domain.Scheduling;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A <see cref="CallHistory"/> on its way to a new scheduler.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.history")]
internal sealed record HistoryMessage
{
    [Id(0)]
    public string? Host { get; init; }

    [Id(1)]
    public double? Cost { get; init; }

    [Id(2)]
    public TimeSpan Waited { get; init; }

    [Id(3)]
    public TimeSpan Running { get; init; }

    [Id(4)]
    public bool HasToken { get; init; }

    [Id(5)]
    public bool IsTrial { get; init; }

    [Id(6)]
    public int Position { get; init; }

    [Id(7)]
    public int Attempts { get; init; }

    [Id(8)]
    public string[] Barred { get; init; } = [];

    public CallHistory ToHistory() => new()
    {
        Host = Host,
        Cost = Cost,
        Waited = Waited,
        Running = Running,
        HasToken = HasToken,
        IsTrial = IsTrial,
        Position = Position,
        Attempts = Attempts,
        Barred = Barred,
    };
}
