using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>What the routes that report usage have in common.</summary>
internal static class UsageParameters
{
    /// <summary>The words for <c>by</c>.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. Enum.GetValues<UsageGroup>().Select(UsageQueryText.NameOf)];

    /// <summary>The days have no example: one that is written down lies in the past one day.</summary>
    public static IReadOnlyList<PageParameter> Of(UsageGroup byDefault) =>
    [
        new("from", "The first UTC day. Default: 30 days up to `to`.") { Format = "date" },
        new("to", "The last UTC day. Default: today.") { Format = "date" },
        new("by", $"One row for each of these. Default: {UsageQueryText.NameOf(byDefault)}.", UsageQueryText.NameOf(byDefault)) { Words = Groups },
        new("format", "Default: json.", "json") { Words = ["json", "csv"] },
    ];

    public static PageExample Csv(UsageGroup by, string group) => new("csv", "With format=csv", string.Join(
        "\r\n",
        string.Join(',', UsageReport.Fields.Prepend(UsageQueryText.NameOf(by))), $"{group},412,51234,20112,812.25,640.5,31,5210,96.4", ""), 200)
    {
        MediaType = PageExample.Csv,
    };
}
