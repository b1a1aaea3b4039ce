using LlamaGate.Infrastructure.Cluster;
using Orleans.Hosting;
using Orleans.Persistence;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>Where the grains of the accounts keep their state.</summary>
internal sealed class UsageGrains(RedisConnection redis) : ISiloParts
{
    public void AddTo(ISiloBuilder silo) => silo.AddRedisGrainStorage(KeyDayGrain.Storage, (RedisStorageOptions storage) =>
    {
        // Not used, but Orleans asks for it.
        storage.ConfigurationOptions = new();
        storage.CreateMultiplexer = async _ => (await redis.GetAsync(), true);
        storage.EntryExpiry = ClusterUsageStore.Kept;
    });
}
