using LlamaGate.Application.Admin.Contracts;

namespace LlamaGate.Application.Admin;

/// <summary>The use of the last hour against the weights of those who used.</summary>
internal static class ShareMapping
{
    private const int MaxListed = 12;

    /// <param name="weightOf">The weight of a key.</param>
    public static AdminShares ToShares(
        IReadOnlyList<(string Key, string? User, double[] ByMinute)> used, Func<string, double> weightOf)
    {
        var all = used.OrderBy(one => one.Key == ShareHistory.Other).ThenByDescending(one => one.ByMinute.Sum())
            .ThenBy(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.User, StringComparer.Ordinal).ToList();
        var total = all.Sum(one => one.ByMinute.Sum());
        var listed = all.TakeWhile(one => one.Key != ShareHistory.Other).Take(MaxListed).ToList();
        var weights = listed.Sum(one => weightOf(one.Key));
        var shares = listed.Select(one => ToShare(one.Key, one.User, one.ByMinute, total, weightOf(one.Key), weights)).ToList();
        if (all.Count > listed.Count)
        {
            var rest = Enumerable.Range(0, ShareHistory.Minutes).Select(i => all.Skip(listed.Count).Sum(one => one.ByMinute[i])).ToArray();
            shares.Add(ToShare(ShareHistory.Other, user: null, rest, total, weight: null, weights));
        }

        return new AdminShares { Minutes = ShareHistory.Minutes, Principals = shares };
    }

    private static AdminShare ToShare(string key, string? user, double[] byMinute, double total, double? weight, double weights) => new()
    {
        Key = key,
        User = user,
        Weight = weight,
        GpuSeconds = Math.Round(byMinute.Sum(), 1),
        Share = Math.Round(byMinute.Sum() / total, 3),
        Target = weight is { } own ? Math.Round(own / weights, 3) : null,
        ByMinute = [.. byMinute.Select(seconds => Math.Round(seconds, 1))],
    };
}
