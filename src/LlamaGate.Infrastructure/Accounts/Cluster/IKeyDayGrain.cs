using Orleans;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>What a key uses on one UTC day over all gateways. Its name is <c>2026-11-30/key</c>.</summary>
[Alias("llamagate.key-day")]
internal interface IKeyDayGrain : IGrainWithStringKey
{
    [Alias("report")]
    Task<KeyDayAnswer> ReportAsync(KeyDayReport report);

    /// <summary>Reports, and reserves a part of the report unless a limit is reached.</summary>
    [Alias("reserve")]
    Task<KeyDayAnswer> ReserveAsync(KeyDayReport report, QuotaWish wish);

    [Alias("list")]
    Task<DayTotal[]> ListAsync();
}

/// <summary>Which keys were used on a UTC day, and when last. Its name is the day.</summary>
[Alias("llamagate.usage-day")]
internal interface IUsageDayGrain : IGrainWithStringKey
{
    [Alias("note")]
    Task NoteAsync(string keyId, DateTimeOffset lastUse);

    [Alias("list")]
    Task<Dictionary<string, DateTimeOffset>> ListAsync();
}
