using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Admin;

/// <summary>The accounts of a day with the quotas of their keys.</summary>
internal static class AccountMapping
{
    private const int MaxListed = 200;

    /// <param name="rows">One for each key.</param>
    public static AdminAccounts ToAccounts(DateOnly day, IReadOnlyList<UsageRow> rows, IReadOnlyDictionary<string, KeyEntry> keys) => new()
    {
        Day = day,
        Keys = [.. rows.OrderByDescending(row => row.GpuTime).ThenBy(row => row.Group, StringComparer.Ordinal).Take(MaxListed)
            .Select(row => ToAccount(row, keys.GetValueOrDefault(row.Group)))],
    };

    private static AdminAccount ToAccount(UsageRow row, KeyEntry? key) => new()
    {
        Key = row.Group,
        Calls = row.Calls,
        TokensIn = row.TokensIn,
        TokensOut = row.TokensOut,
        GpuSeconds = row.GpuTime.ToSeconds(),
        DeviceSeconds = row.DeviceTime.ToSeconds(),
        CacheHits = row.CacheHits,
        TokensSaved = row.TokensSaved,
        Waited = row.Waited.ToSeconds(),
        TokensPerDay = key?.TokensPerDay,
        TokensUsed = row.TokensIn + row.TokensOut,
        GpuSecondsPerDay = key?.GpuSecondsPerDay,
        GpuSecondsUsed = row.GpuTime.ToSeconds(),
    };
}
