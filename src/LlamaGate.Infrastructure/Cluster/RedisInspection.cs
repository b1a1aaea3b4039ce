using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using StackExchange.Redis;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>Looks at a Redis server without a gateway. It only reads.</summary>
internal static class RedisInspection
{
    /// <summary>As Orleans numbers a member that works.</summary>
    private const int Active = 3;

    /// <exception cref="RedisUnavailableException">It does not answer, or refuses.</exception>
    public static async Task<RedisFacts> ReadAsync(RedisOptions options, TimeProvider timeProvider)
    {
        try
        {
            var settings = RedisConnection.Configure(options);
            settings.AbortOnConnectFail = true;
            // INFO and CONFIG GET count as administration, although they change nothing.
            settings.AllowAdmin = true;
            await using var connection = await ConnectionMultiplexer.ConnectAsync(settings);
            return await ReadAsync(connection, options, timeProvider);
        }
        catch (Exception exception) when (RedisFaults.IsOne(exception))
        {
            throw new RedisUnavailableException(RedisFaults.ReasonOf(exception, options.Password is { Length: > 0 }), exception);
        }
    }

    private static async Task<RedisFacts> ReadAsync(ConnectionMultiplexer connection, RedisOptions options, TimeProvider timeProvider)
    {
        var database = connection.GetDatabase();
        var started = Stopwatch.GetTimestamp();
        var time = (RedisResult[]?)await database.ExecuteAsync("TIME") ?? [];
        var latency = Stopwatch.GetElapsedTime(started);
        var now = DateTimeOffset.FromUnixTimeSeconds((long)time[0]).AddMicroseconds((long)time[1]);
        var info = await InfoAsync(database);
        var rows = await database.HashGetAllAsync(MembershipBackup.KeyOf(options));
        return new RedisFacts(
            info.GetValueOrDefault("redis_version", "of an unknown version"),
            latency,
            now - timeProvider.GetUtcNow(),
            info.GetValueOrDefault("maxmemory_policy"),
            await PersistsAsync(database, info),
            [.. rows.Where(row => row.Name != "Version").Select(row => ToMember(row.Value.ToString(), now)).OfType<ListedMember>()]);
    }

    /// <summary>INFO and CONFIG are forbidden in some services.</summary>
    private static async Task<string> InfoTextAsync(IDatabase database)
    {
        try
        {
            return (string?)await database.ExecuteAsync("INFO") ?? "";
        }
        catch (RedisServerException)
        {
            return "";
        }
    }

    private static async Task<Dictionary<string, string>> InfoAsync(IDatabase database)
    {
        var text = await InfoTextAsync(database);
        return text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains(':', StringComparison.Ordinal))
            .GroupBy(line => line[..line.IndexOf(':', StringComparison.Ordinal)], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First()[(group.Key.Length + 1)..], StringComparer.Ordinal);
    }

    private static async Task<bool?> PersistsAsync(IDatabase database, Dictionary<string, string> info)
    {
        if (info.GetValueOrDefault("aof_enabled") == "1")
        {
            return true;
        }

        try
        {
            var save = (RedisResult[]?)await database.ExecuteAsync("CONFIG", "GET", "save") ?? [];
            return save.Length == 2 ? ((string?)save[1] ?? "").Length > 0 : null;
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    private static ListedMember? ToMember(string row, DateTimeOffset now)
    {
        var entry = JsonElement.Parse(row);
        if (entry.GetProperty("Status").GetInt32() != Active)
        {
            return null;
        }

        var alive = DateTimeOffset.Parse(entry.GetProperty("IAmAliveTime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var address = entry.GetProperty("SiloAddress").GetProperty("SiloAddress").GetString()!;
        return new ListedMember(address[..address.IndexOf('@', StringComparison.Ordinal)], now - alive);
    }
}
