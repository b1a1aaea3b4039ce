using Orleans.Configuration;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// When a member counts as dead. A killed process refuses connections, so that its probes fail at once, and three failures take three
/// seconds at most. A busy machine may answer late: a probe may take a second, and a single late answer starts the count anew.
/// </summary>
internal static class MembershipTimes
{
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(800);

    public static void Apply(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = Probe;
        // Orleans adapts the limit to the times that it observes; shorter than this it would mistake a busy machine for a dead one.
        options.MinProbeTimeout = Probe;
        options.MaxProbeTimeout = 2 * Probe;
        options.NumMissedProbesLimit = 3;
        // Of two members one may declare the other dead; Orleans asks for no more votes than half of the members.
        options.NumVotesForDeathDeclaration = 2;
        // A member that was stopped for a while learns from the table that it was declared dead.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // After a failure of all members the first one to start waits that long, three times, for those that are gone.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(4);
        options.NumMissedTableIAmAliveLimit = 3;
        // The gateway tries again by itself, and says why it has not joined.
        options.MaxJoinAttemptTime = TimeSpan.FromSeconds(30);
        options.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }
}
