using LlamaGate.Domain.Callers;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A <see cref="Principal"/> on its way between gateways.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.principal")]
internal sealed record PrincipalMessage
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string KeyId { get; init; }

    [Id(2)]
    public string? User { get; init; }

    [Id(3)]
    public required double Weight { get; init; }

    [Id(4)]
    public required KeyPriority Priority { get; init; }

    [Id(5)]
    public int? MaxRunning { get; init; }

    [Id(6)]
    public required int MaxWaiting { get; init; }

    public static PrincipalMessage Of(Principal principal) => new()
    {
        Id = principal.Id,
        KeyId = principal.KeyId,
        User = principal.User,
        Weight = principal.Weight,
        Priority = principal.Priority,
        MaxRunning = principal.MaxRunning,
        MaxWaiting = principal.MaxWaiting,
    };

    public Principal ToPrincipal() => new(Id, KeyId)
    {
        User = User,
        Weight = Weight,
        Priority = Priority,
        MaxRunning = MaxRunning,
        MaxWaiting = MaxWaiting,
    };
}
