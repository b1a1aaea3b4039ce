using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Cluster;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>What administrators and callers see of the cluster's scheduler, and what administrators do, at any gateway.</summary>
internal sealed class ClusterHosts(
    IClusterGrains cluster, ClusterScheduler scheduler, HostComparison comparison, OllamaHosts hosts, KnownModels models, SchedulerOptions limits,
    TimeProvider timeProvider)
    : ISharedHosts, IUpstreamQueue
{
    /// <summary>For an answer, another gateway taking over meanwhile included.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    public bool HasWaiting => scheduler.HasWaiting;

    /// <summary>Without the scheduler of the cluster, what this gateway knows of the hosts.</summary>
    public async ValueTask<SharedHostsState?> DescribeAsync(int maxQueued, CancellationToken cancellationToken)
    {
        var json = await TryAsync(grain => grain.Describe(maxQueued), cancellationToken);
        var state = (json is null ? null : ClusterJson.ReadState(json)) ?? DescribeOwn();
        return state with { Difference = comparison.Difference };
    }

    /// <summary>Without the scheduler of the cluster, the calls of this gateway.</summary>
    public async ValueTask<IReadOnlyList<QueueEntry>?> ListAsync(string keyId, CancellationToken cancellationToken) =>
        await TryAsync(grain => grain.List(keyId), cancellationToken) is { } json ? ClusterJson.ReadEntries(json) : scheduler.List(keyId);

    public ValueTask<string> SetDrainingAsync(string host, bool isDraining, CancellationToken cancellationToken) => ChangeAsync(
        new HostChange { Kind = isDraining ? HostChangeKind.Drain : HostChangeKind.Resume, Host = host }, cancellationToken);

    public ValueTask<string> LoadAsync(string host, string model, CancellationToken cancellationToken) =>
        ChangeAsync(new HostChange { Kind = HostChangeKind.Load, Host = host, Model = model }, cancellationToken);

    public ValueTask<string> UnloadAsync(string host, string model, CancellationToken cancellationToken) =>
        ChangeAsync(new HostChange { Kind = HostChangeKind.Unload, Host = host, Model = model }, cancellationToken);

    public ValueTask<string> CancelAsync(string call, CancellationToken cancellationToken) =>
        ChangeAsync(new HostChange { Kind = HostChangeKind.Cancel, Call = call }, cancellationToken);

    private async ValueTask<string> ChangeAsync(HostChange change, CancellationToken cancellationToken)
    {
        var reply = await TryAsync(grain => grain.Change(change), cancellationToken) ?? throw new GatewayException(
            GatewayError.Conflict, "The scheduler of the cluster does not answer at the moment. Try again in a few seconds.");
        return reply.Failure is { } failure ? throw failure.ToException() : reply.Text;
    }

    /// <returns>Null when there is no answer in time.</returns>
    private async ValueTask<TReply?> TryAsync<TReply>(Func<ISchedulerGrain, ValueTask<TReply>> ask, CancellationToken cancellationToken)
        where TReply : class
    {
        if (cluster.Current is not { } grains)
        {
            return null;
        }

        try
        {
            return await ask(GrainDesk.Of(grains)).AsTask().WaitAsync(MaxWait, timeProvider, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: the gateway that holds the scheduler is not there, and another one will be.
            return null;
        }
    }

    private SharedHostsState DescribeOwn()
    {
        var descriptions = new HostDescriptions(models, timeProvider);
        return new SharedHostsState
        {
            Hosts = [.. hosts.All.Select(probed => descriptions.Of(probed.Host, snapshot: null))],
            Queue = [],
            Waiting = 0,
            QueueMax = limits.QueueMax,
            WaitingBytes = 0,
            QueueMaxBytes = limits.QueueMaxBytes,
            Loads = [],
            Conflicts = [],
        };
    }
}
