using System.Diagnostics.Metrics;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Telemetry;

/// <summary>How the shared hosts, their queue, the quotas and the store are now. Read only when metrics are collected.</summary>
public sealed class HostGauges
{
    private readonly TelemetryLabels _labels;
    private readonly IHostFigures _hosts;
    private readonly IQuotaUse? _quotas;

    /// <param name="quotas">Null = there are no quotas.</param>
    /// <param name="store">Null = there is no store.</param>
    /// <param name="cluster">Null = the gateway works alone.</param>
    public HostGauges(TelemetryScope scope, TelemetryLabels labels, IHostFigures hosts, IQuotaUse? quotas = null, IUsageStore? store = null,
        ICluster? cluster = null)
    {
        (_labels, _hosts, _quotas) = (labels, hosts, quotas);
        var meter = scope.Meter;
        meter.CreateObservableUpDownCounter(TelemetryNames.QueueDepth, ReadQueue, "{call}", "Calls that wait for a slot.");
        meter.CreateObservableUpDownCounter(
            TelemetryNames.SlotsBusy, () => ReadSlots(static runner => runner.Busy), "{slot}", "Used slots of a loaded model.");
        meter.CreateObservableUpDownCounter(
            TelemetryNames.SlotsLimit, () => ReadSlots(static runner => runner.Slots), "{slot}", "Slots of a loaded model.");
        meter.CreateObservableGauge(TelemetryNames.HostUp, ReadHosts, unit: null, "1 while a host answers, else 0.");
        meter.CreateObservableGauge(TelemetryNames.QuotaUsed, ReadQuotas, "1", "Used part of a key's quota for this UTC day.");
        if (store is not null)
        {
            meter.CreateObservableGauge(
                TelemetryNames.StoreLag, () => store.State.Lag.TotalSeconds, "s", "Age of the oldest record that is not yet written.");
        }

        if (cluster is not null)
        {
            meter.CreateObservableGauge(TelemetryNames.RedisUp, () => ReadRedis(cluster.State), unit: null, "1 while Redis answers, else 0.");
        }
    }

    /// <summary>Nothing without REDIS_URL.</summary>
    private static IEnumerable<Measurement<int>> ReadRedis(ClusterState? cluster) => cluster is null ? [] : [new(cluster.Redis.IsUp ? 1 : 0)];

    private IEnumerable<Measurement<int>> ReadQueue() => _hosts.ListQueues().Select(queue =>
        new Measurement<int>(queue.Waiting, new KeyValuePair<string, object?>(TelemetryNames.RequestModel, _labels.KnownModel(queue.Model))));

    private IEnumerable<Measurement<int>> ReadSlots(Func<RunnerFigures, int> read) => _hosts.ListRunners().Select(runner =>
        new Measurement<int>(
            read(runner),
            new(TelemetryNames.Host, runner.Host),
            new(TelemetryNames.RequestModel, _labels.KnownModel(runner.Model))));

    private IEnumerable<Measurement<int>> ReadHosts() => _hosts.ListHosts().Select(host =>
        new Measurement<int>(host.IsUp ? 1 : 0, new KeyValuePair<string, object?>(TelemetryNames.Host, host.Name)));

    private IEnumerable<Measurement<double>> ReadQuotas() => (_quotas?.List() ?? []).Select(quota =>
        new Measurement<double>(quota.Used, new(TelemetryNames.Key, _labels.Key(quota.KeyId)), new(TelemetryNames.Quota, quota.Kind)));
}
