using System.Collections.Immutable;
using LlamaGate.Application.Abstractions;
using Orleans;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>What this gateway knows of the cluster. Thread-safe.</summary>
internal sealed class ClusterView(RedisConnection redis, MembershipBackup backup, ClusterLog log) : ICluster
{
    /// <summary>The grain of the queue; it has this name in the whole cluster.</summary>
    private static readonly GrainId Scheduler = GrainId.Create("scheduler", "0");

    /// <summary>A page shows one fact less rather than wait.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ClusterMembership _membership = ClusterMembership.Joining;
    private string? _reason;
    private SiloAddress? _own;
    private IMembershipTable? _table;
    private IGrainFactory? _grains;
    private ImmutableArray<ClusterMemberState> _members = [];
    private ImmutableDictionary<SiloAddress, DateTimeOffset> _starts = ImmutableDictionary<SiloAddress, DateTimeOffset>.Empty;

    public ClusterState? State
    {
        get
        {
            var server = redis.State;
            lock (_gate)
            {
                var reason = _membership is ClusterMembership.Joining && !server.IsUp
                    ? $"Redis does not answer at {server.Address}{(server.Fault is { } fault ? ": " + fault : " yet")}"
                    : _reason;
                return new ClusterState(_membership, reason, server, _members);
            }
        }
    }

    public async ValueTask<string?> FindSchedulerAsync(CancellationToken cancellationToken)
    {
        if (_grains is not { } grains)
        {
            return null;
        }

        try
        {
            var holder = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain(Scheduler), cancellationToken).AsTask()
                .WaitAsync(MaxWait, cancellationToken);
            return holder?.Endpoint.ToString();
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is moving from one member to another.
            return null;
        }
    }

    public void Fail(string reason)
    {
        lock (_gate)
        {
            _reason = reason;
        }
    }

    public void Join(SiloGrains grains, IMembershipTable table)
    {
        lock (_gate)
        {
            (_membership, _reason, _own, _table, _grains) = (ClusterMembership.Member, null, grains.Address, table, grains.Factory);
        }

        Take(grains.Membership.CurrentSnapshot);
    }

    public void Expel() => End(ClusterMembership.Expelled, "the other gateways have declared this one dead");

    public void Leave() => End(ClusterMembership.Left, "it has left");

    /// <summary>Takes in every change of the membership.</summary>
    public async Task FollowAsync(SiloGrains grains, CancellationToken stopping)
    {
        await foreach (var snapshot in grains.Membership.MembershipUpdates.WithCancellation(stopping))
        {
            await ReadStartsAsync(snapshot, stopping);
            Take(snapshot);
            await backup.TakeAsync(grains.Address);
        }
    }

    private void End(ClusterMembership how, string reason)
    {
        lock (_gate)
        {
            _grains = null;
            // An expelled gateway leaves too, and stays an expelled one.
            if (_membership is not ClusterMembership.Expelled)
            {
                (_membership, _reason) = (how, reason);
            }
        }
    }

    private void Take(ClusterMembershipSnapshot snapshot)
    {
        string before, after;
        int count;
        lock (_gate)
        {
            before = Describe(_members);
            _members =
            [
                .. from member in snapshot.Members.Values
                   let state = WordOf(member.Status)
                   where state is not null
                   orderby member.SiloAddress
                   select new ClusterMemberState(
                       member.SiloAddress.Endpoint.ToString(), member.Name.Split('/')[0], state,
                       _starts.TryGetValue(member.SiloAddress, out var since) ? since : null, member.SiloAddress.Equals(_own)),
            ];
            after = Describe(_members);
            count = _members.Count(static member => member.IsActive);
        }

        if (before != after && count > 0)
        {
            log.Members(count, after);
        }
    }

    /// <summary>The start of a member is in Redis only. Without it a page shows one fact less.</summary>
    private async Task ReadStartsAsync(ClusterMembershipSnapshot snapshot, CancellationToken stopping)
    {
        if (_table is not { } table || snapshot.Members.Keys.All(_starts.ContainsKey))
        {
            return;
        }

        try
        {
            var rows = await table.ReadAllAsync(stopping);
            _starts = rows.Members.Select(row => row.Item1)
                .ToImmutableDictionary(entry => entry.SiloAddress, entry => new DateTimeOffset(DateTime.SpecifyKind(entry.StartTime, DateTimeKind.Utc)));
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // Redis is away.
        }
    }

    private static string Describe(ImmutableArray<ClusterMemberState> members) =>
        string.Join(", ", members.Where(static member => member.IsActive).Select(static member => member.Address));

    private static string? WordOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => ClusterMemberState.Active,
        SiloStatus.Joining or SiloStatus.Created => ClusterMemberState.Joining,
        SiloStatus.ShuttingDown or SiloStatus.Stopping => ClusterMemberState.Leaving,
        _ => null,
    };
}
