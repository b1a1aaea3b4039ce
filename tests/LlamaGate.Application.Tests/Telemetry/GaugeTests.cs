using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Telemetry;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Tests.Telemetry;

public sealed class GaugeTests : IDisposable
{
    private readonly Readings _readings = new();

    public void Dispose() => _readings.Dispose();

    [Fact]
    public void Observe_HostsQueueQuotasAndStore_AreRead()
    {
        _ = new HostGauges(_readings.Scope, new TelemetryLabels(), new Figures(), new Quotas(), new LateStore(), new RedisAway());
        _readings.Observe();
        Assert.Equal(
            [
                "llamagate.host.up=0{llamagate.host=gpu2}",
                "llamagate.host.up=1{llamagate.host=gpu1}",
                "llamagate.queue.depth=7{gen_ai.request.model=qwen3:8b}",
                "llamagate.quota.used=0.25{llamagate.key=anna,llamagate.quota=tokens}",
                "llamagate.redis.up=0{}",
                "llamagate.slots.busy=3{gen_ai.request.model=llama3.2,llamagate.host=gpu1}",
                "llamagate.slots.limit=4{gen_ai.request.model=llama3.2,llamagate.host=gpu1}",
                "llamagate.store.lag=12{}",
            ],
            _readings.All.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Events_OfHosts_AreCounted()
    {
        var metrics = new HostMetrics(_readings.Scope, new TelemetryLabels());
        metrics.OnLoaded("gpu1", "llama3.2:latest", "switch", TimeSpan.FromSeconds(8));
        metrics.OnFailedOver("gpu2");
        metrics.OnWaited(expected: TimeSpan.FromSeconds(10), waited: TimeSpan.FromSeconds(7));
        Assert.Equal(
            [
                "llamagate.model.loads=1{gen_ai.request.model=llama3.2,llamagate.host=gpu1,llamagate.reason=switch}",
                "llamagate.model.load.time=8{gen_ai.request.model=llama3.2,llamagate.host=gpu1,llamagate.reason=switch}",
                "llamagate.failovers=1{llamagate.host=gpu2}",
                "llamagate.eta.error=3{}",
            ],
            _readings.All);
    }

    private sealed class Figures : IHostFigures
    {
        public IReadOnlyList<HostFigures> ListHosts() => [new("gpu1", IsUp: true), new("gpu2", IsUp: false)];

        public IReadOnlyList<RunnerFigures> ListRunners() => [new("gpu1", "llama3.2:latest", Busy: 3, Slots: 4)];

        public IReadOnlyList<QueueFigures> ListQueues() => [new("qwen3:8b", Waiting: 7)];
    }

    private sealed class RedisAway : ICluster
    {
        public ClusterState State => new(ClusterMembership.Member, Reason: null, new RedisState("redis://redis:6379/0", IsUp: false, default), []);

        public ValueTask<string?> FindSchedulerAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
    }

    private sealed class Quotas : IQuotaUse
    {
        public IReadOnlyList<UsedQuota> List() => [new("anna", "tokens", 0.25)];
    }

    private sealed class LateStore : IUsageStore
    {
        public UsageStoreState State => new(IsPersistent: true, Pending: 3, TimeSpan.FromSeconds(12), Lost: 0, Fault: null);

        public void Add(UsageRecord record)
        {
        }

        public Task<IReadOnlyList<UsageRow>> ListAsync(UsageQuery query, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<UsageRow>>([]);

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));
    }
}
