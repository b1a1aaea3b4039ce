using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;

namespace LlamaGate.Application.Admin;

/// <summary>The cluster as administrators see it.</summary>
internal static class ClusterMapping
{
    /// <param name="scheduler">The address of the member that holds the queue; null when it is not known.</param>
    public static AdminCluster? ToCluster(ClusterState? cluster, string? scheduler) => cluster is null ? null : new AdminCluster
    {
        State = WordOf(cluster.Membership),
        Reason = cluster.Reason,
        Redis = new AdminRedis(cluster.Redis.Address, cluster.Redis.IsUp, cluster.Redis.Since),
        Members =
        [
            .. cluster.Members.Select(member => new AdminMember
            {
                Address = member.Address,
                Name = member.Name,
                State = member.State,
                Since = member.Since,
                Self = member.IsSelf,
                Scheduler = member.Address == scheduler,
            }),
        ],
    };

    private static string WordOf(ClusterMembership membership) => membership switch
    {
        ClusterMembership.Member => "member",
        ClusterMembership.Joining => "joining",
        ClusterMembership.Expelled => "expelled",
        ClusterMembership.Left => "left",
        _ => throw new ArgumentOutOfRangeException(nameof(membership)),
    };
}
