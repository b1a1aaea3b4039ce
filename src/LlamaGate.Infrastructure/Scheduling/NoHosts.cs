using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>A gateway that does not share its host has nothing to administer.</summary>
internal sealed class NoHosts : ISharedHosts
{
    public ValueTask<SharedHostsState?> DescribeAsync(int maxQueued, CancellationToken cancellationToken) => new((SharedHostsState?)null);

    public ValueTask<string> SetDrainingAsync(string host, bool isDraining, CancellationToken cancellationToken) => throw NotShared();

    public ValueTask<string> LoadAsync(string host, string model, CancellationToken cancellationToken) => throw NotShared();

    public ValueTask<string> UnloadAsync(string host, string model, CancellationToken cancellationToken) => throw NotShared();

    public ValueTask<string> CancelAsync(string call, CancellationToken cancellationToken) => throw NotShared();

    private static GatewayException NotShared() => new(
        GatewayError.Conflict, "This gateway does not share its host among callers, so there is nothing to change. Set SLOTS or HOSTS_FILE.");
}
