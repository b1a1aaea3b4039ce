using LlamaGate.Domain.Accounts;

namespace LlamaGate.Infrastructure.Accounts;

/// <summary>For what one day total is kept. Text is empty where a record names nothing.</summary>
internal readonly record struct DayKey(DateOnly Day, string Key, string User, string Model, string Host)
{
    public static DayKey Of(UsageRecord record) => new(record.Day, record.KeyId, record.User ?? "", record.Model, record.Host ?? "");

    /// <summary>The group to which it belongs in a report.</summary>
    public string GroupBy(UsageGroup group) => group switch
    {
        UsageGroup.Key => Key,
        UsageGroup.User => User,
        UsageGroup.Model => Model,
        UsageGroup.Host => Host,
        UsageGroup.Day => DayText.Of(Day),
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, message: null),
    };
}
