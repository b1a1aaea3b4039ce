using Orleans.Runtime;
using StackExchange.Redis;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// The table of members, kept in memory. A Redis that comes back without its data has lost the table, and the next gateway to start would
/// begin a second cluster: so a member that misses its own row writes the whole table again.
/// </summary>
internal sealed class MembershipBackup(RedisOptions options, RedisConnection redis, ClusterLog log, TimeProvider timeProvider)
{
    private const string RestoreScript =
        """
        if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then
          return 0
        end
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        return 1
        """;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly RedisKey _key = KeyOf(options);

    private volatile HashEntry[] _rows = [];

    /// <summary>The table, as Orleans names it.</summary>
    public static RedisKey KeyOf(RedisOptions options) => $"{options.ClusterName}/members/{options.ClusterName}";

    /// <summary>Remembers the table after a change.</summary>
    public async Task TakeAsync(SiloAddress own)
    {
        try
        {
            var rows = await (await redis.GetAsync()).GetDatabase().HashGetAllAsync(_key);
            if (Array.Exists(rows, row => row.Name == own.ToString()))
            {
                _rows = rows;
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The next change is remembered; what is known until then is better than nothing.
        }
    }

    /// <summary>Restores the table whenever it is lost.</summary>
    public async Task KeepAsync(SiloAddress own, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, timeProvider);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (redis.State.IsUp && _rows.Length > 0)
            {
                await RestoreAsync(own.ToString());
            }
        }
    }

    private async Task RestoreAsync(string own)
    {
        try
        {
            var database = (await redis.GetAsync()).GetDatabase();
            if (await database.HashExistsAsync(_key, own))
            {
                return;
            }

            RedisValue[] arguments = [own, .. _rows.SelectMany(static row => new[] { row.Name, row.Value })];
            if ((int)await database.ScriptEvaluateAsync(RestoreScript, [_key], arguments) == 1)
            {
                log.TableRestored();
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The next look follows.
        }
    }
}
