using System.Globalization;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary>What a key may do, in one line for people.</summary>
internal static class KeyPolicyText
{
    public static string Of(KeyEntry key)
    {
        var parts = Parts(key).ToList();
        return parts.Count == 0 ? "all models" : string.Join(", ", parts);
    }

    public static string DayOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day, for an end that is the end of a day; else the time.</summary>
    public static string EndOf(DateTimeOffset expires) => expires.UtcDateTime.TimeOfDay == TimeSpan.Zero
        ? DayOf(expires.AddTicks(-1))
        : expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Parts(KeyEntry key) => [.. Access(key), .. Sharing(key), .. Limits(key), .. Others(key)];

    private static IEnumerable<string> Access(KeyEntry key)
    {
        if (key.IsDisabled)
        {
            yield return "disabled";
        }

        if (!key.Models.IsUnlimited)
        {
            yield return key.Models.Patterns.Count == 0 ? "no models" : "models " + string.Join(' ', key.Models.Patterns);
        }

        if (key.Expires is { } end)
        {
            yield return "until " + EndOf(end);
        }
    }

    private static IEnumerable<string> Sharing(KeyEntry key)
    {
        if (key.Priority is not KeyPriority.Normal)
        {
            yield return key.Priority is KeyPriority.High ? "priority high" : "priority low";
        }

        if (key.Weight is not KeyEntry.DefaultWeight)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"weight {key.Weight}");
        }

        if (key.ShareBy is not ShareBy.Key)
        {
            yield return key.ShareBy is ShareBy.Address ? "share by address" : "share by user:" + key.UserHeader;
        }

        if (key.MaxRunning is { } running)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {running} running");
        }

        if (key.MaxWaiting is not KeyEntry.DefaultMaxWaiting)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {key.MaxWaiting} waiting");
        }
    }

    private static IEnumerable<string> Limits(KeyEntry key)
    {
        if (key.RateLimitRps is { } rate)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{rate} requests/s");
        }

        if (key.TokensPerDay is { } tokens)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens a day");
        }

        if (key.GpuSecondsPerDay is { } seconds)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{seconds} GPU seconds a day");
        }
    }

    private static IEnumerable<string> Others(KeyEntry key)
    {
        if (key.Cache is not CacheScope.Shared)
        {
            yield return key.Cache is CacheScope.Own ? "cache own" : "cache off";
        }

        if (key.Digests.Count > 1)
        {
            yield return $"{key.Digests.Count} secrets";
        }

        if (key.IsAdmin)
        {
            yield return "admin";
        }
    }
}
