using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Admin;

/// <summary>Reads everything that the status shows. Nothing is kept and nothing is done while nobody looks.</summary>
internal sealed class StatusReading(
    ISharedHosts hosts, IUpstreamHealth upstream, ICallerDirectory callers, IUsageStore store, ShareHistory shares, IGatewayFacts gateway, ICluster cluster,
    TimeProvider timeProvider)
{
    private const int MaxQueued = 200;

    /// <returns>For nobody: the key is empty.</returns>
    public async Task<AdminStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var state = await hosts.DescribeAsync(MaxQueued, cancellationToken);
        IReadOnlyList<AdminHost> listed = state is not null
            ? [.. state.Hosts.Select(HostMapping.ToHost)]
            : [HostMapping.ToHost(upstream.DisplayAddress, (await upstream.CheckAsync(cancellationToken)).Fault)];
        // The last of two keys with one id: API_KEY and ADMIN_KEY come first, and the file may not have their ids.
        var keys = callers.List().GroupBy(key => key.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var status = new AdminStatus
        {
            Version = gateway.Version,
            Started = gateway.StartedAt,
            Now = now,
            Key = "",
            Sharing = state is not null,
            Hosts = listed,
            Queue = HostMapping.ToQueue(state),
            Shares = ShareMapping.ToShares(shares.List(), key => keys.GetValueOrDefault(key)?.Weight ?? KeyEntry.DefaultWeight),
            Accounts = await ReadAccountsAsync(DateOnly.FromDateTime(now.UtcDateTime), keys, cancellationToken),
            Loads = [.. (state?.Loads ?? []).Select(HostMapping.ToLoad)],
            Store = ToStore(store.State),
            Cluster = ClusterMapping.ToCluster(cluster.State, await cluster.FindSchedulerAsync(cancellationToken)),
            Warnings = [],
        };
        return status with { Warnings = WarningsOf(status, state) };
    }

    private static AdminStore ToStore(UsageStoreState state) => new()
    {
        Persistent = state.IsPersistent,
        Pending = state.Pending,
        Lag = state.Lag.ToSeconds(),
        Lost = state.Lost,
        Fault = state.Fault,
    };

    private async Task<AdminAccounts> ReadAccountsAsync(
        DateOnly day, IReadOnlyDictionary<string, KeyEntry> keys, CancellationToken cancellationToken)
    {
        try
        {
            return AccountMapping.ToAccounts(day, await store.ListAsync(new UsageQuery(day, day, UsageGroup.Key), cancellationToken), keys);
        }
        catch (UsageStoreException)
        {
            // The state of the store says why. Everything else is worth showing.
            return AccountMapping.ToAccounts(day, [], keys);
        }
    }

    private IReadOnlyList<AdminWarning> WarningsOf(AdminStatus status, SharedHostsState? state)
    {
        var warnings = new StatusWarnings();
        foreach (var host in status.Hosts)
        {
            warnings.AddHost(host, status.Sharing);
        }

        if (state is not null)
        {
            warnings.AddHosts(state, status.Now);
        }

        warnings.AddFile("HOSTS_FILE", gateway.HostsFault);
        warnings.AddFile("KEYS_FILE", callers.Keys?.Fault);
        warnings.AddStore(status.Store);
        warnings.AddCluster(status.Cluster);
        warnings.AddQuotas(status.Accounts);
        return warnings.All;
    }
}
