using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>Looks at this gateway's calls: which wait too long although the scheduler of the cluster is away, and which are silent.</summary>
internal sealed class ClusterWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The scheduler of the cluster comes first while it is there.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ITimer _timer;

    /// <param name="queueTimeout">QUEUE_TIMEOUT.</param>
    /// <param name="timeout">TIMEOUT.</param>
    public ClusterWatch(ClusterScheduler scheduler, TimeSpan queueTimeout, TimeSpan timeout, TimeProvider timeProvider) =>
        _timer = timeProvider.CreateTimer(
            _ =>
            {
                scheduler.RefuseWaiting(call => call.Waited > queueTimeout + Grace, RefusalReason.QueueTimeout);
                scheduler.ReportSilence(timeout / 2);
            },
            state: null,
            Period,
            Period);

    public void Dispose() => _timer.Dispose();
}
