using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Admin;

/// <summary>Values as the administration writes them.</summary>
internal static class AdminValues
{
    /// <summary>One decimal, as everywhere in the queue.</summary>
    public static double ToSeconds(this TimeSpan time) => Math.Round(time.TotalSeconds, 1);

    public static string ToWord(this KeyPriority priority) => priority switch
    {
        KeyPriority.Low => "low",
        KeyPriority.Normal => "normal",
        KeyPriority.High => "high",
        _ => throw new ArgumentOutOfRangeException(nameof(priority)),
    };

    public static string ToWord(this CacheScope scope) => scope switch
    {
        CacheScope.Shared => "shared",
        CacheScope.Own => "own",
        CacheScope.Off => "off",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    /// <summary>As in the keys file.</summary>
    public static string ShareByOf(KeyEntry key) => key.ShareBy switch
    {
        ShareBy.Key => "key",
        ShareBy.Address => "address",
        ShareBy.User => $"user:{key.UserHeader}",
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    public static string StateOf(QueueEntry entry) => entry.State is QueueState.Loading ? "loading" : "waiting";
}
