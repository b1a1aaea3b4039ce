using StackExchange.Redis;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>Why Redis cannot be used, for an operator. The library's own messages name its settings and versions too.</summary>
internal static class RedisFaults
{
    public static bool IsOne(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    /// <summary>Completes "Redis does not answer: …".</summary>
    /// <param name="hasPassword">Whether REDIS_URL has one.</param>
    public static string ReasonOf(Exception exception, bool hasPassword) => exception.ToString() switch
    {
        var text when text.Contains("WRONGPASS", StringComparison.Ordinal) || (hasPassword && text.Contains("NOAUTH", StringComparison.Ordinal)) =>
            "it does not accept the user name or the password",
        var text when text.Contains("NOAUTH", StringComparison.Ordinal) => "it wants a password, and REDIS_URL has none",
        var text when text.Contains("NOPERM", StringComparison.Ordinal) => "its user lacks a right; it needs all commands, and the keys that begin with llamagate",
        var text when text.Contains("OOM command", StringComparison.Ordinal) => "its memory is full, so it stores nothing; raise maxmemory",
        var text when text.Contains("MISCONF", StringComparison.Ordinal) => "it cannot write to its disk, so it stores nothing",
        var text when text.Contains("READONLY", StringComparison.Ordinal) => "it is a read-only copy; name the server that is written to",
        var text when text.Contains("AuthenticationException", StringComparison.Ordinal) => "TLS failed; check whether it is redis:// or rediss://, and who signed its certificate",
        var text when text.Contains("database does not exist", StringComparison.Ordinal) => "it does not have the database that REDIS_URL names",
        _ => "it cannot be connected to, or does not answer in time; check address and port, and whether it is redis:// or rediss://",
    };
}
