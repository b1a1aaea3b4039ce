using System.Globalization;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Accounts.Contracts;

/// <summary>A query for usage as callers and operators write it.</summary>
public static class UsageQueryText
{
    /// <summary>The words for <c>by</c>.</summary>
    public const string Groups = "key, user, model, host or day";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The period without <c>from</c>, both ends included.</summary>
    private const int DefaultDays = 30;

    /// <summary>Reads the parts of a query; null and empty parts have their default: the 30 days up to today, by key.</summary>
    /// <param name="today">In UTC.</param>
    /// <param name="fault">The first part that is wrong, and why.</param>
    /// <returns>Null when a part is wrong.</returns>
    public static UsageQuery? Parse(string? from, string? to, string? by, DateOnly today, out UsageQueryFault? fault)
    {
        var last = string.IsNullOrEmpty(to) ? today : ToDay(to);
        var first = string.IsNullOrEmpty(from) ? Before(last ?? today) : ToDay(from);
        var group = string.IsNullOrEmpty(by) ? UsageGroup.Key : ToGroup(by);
        fault = (first, last, group) switch
        {
            (null, _, _) => new UsageQueryFault("from", "must be a day like 2026-11-30"),
            (_, null, _) => new UsageQueryFault("to", "must be a day like 2026-11-30"),
            (_, _, null) => new UsageQueryFault("by", $"must be {Groups}"),
            _ when first > last => new UsageQueryFault("from", "must not be later than to"),
            _ => null,
        };
        return fault is null && first is { } begin && last is { } end && group is { } chosen ? new UsageQuery(begin, end, chosen) : null;
    }

    /// <summary>A day as it is written everywhere: <c>2026-11-30</c>.</summary>
    public static string Of(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static string NameOf(UsageGroup group) => group.ToString().ToLowerInvariant();

    private static DateOnly Before(DateOnly last) =>
        last.DayNumber < DefaultDays ? DateOnly.MinValue : last.AddDays(1 - DefaultDays);

    private static DateOnly? ToDay(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Only the words; numbers, which an enumeration would take too, mean nothing to anybody.</summary>
    private static UsageGroup? ToGroup(string text)
    {
        foreach (var group in Enum.GetValues<UsageGroup>())
        {
            if (NameOf(group) == text)
            {
                return group;
            }
        }

        return null;
    }
}
