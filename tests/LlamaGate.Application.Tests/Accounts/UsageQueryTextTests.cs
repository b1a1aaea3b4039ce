using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Tests.Accounts;

public sealed class UsageQueryTextTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    [Theory]
    [InlineData(null, null, null, "2026-11-01 2026-11-30 Key")]
    [InlineData("", "", "", "2026-11-01 2026-11-30 Key")]
    [InlineData("2026-01-01", null, "day", "2026-01-01 2026-11-30 Day")]
    [InlineData(null, "2025-12-31", "host", "2025-12-02 2025-12-31 Host")]
    [InlineData("2026-11-30", "2026-11-30", "user", "2026-11-30 2026-11-30 User")]
    [InlineData(null, "0001-01-05", "model", "0001-01-01 0001-01-05 Model")]
    public void Parse_RightParts_MakeAQuery(string? from, string? to, string? by, string expected)
    {
        var query = UsageQueryText.Parse(from, to, by, Today, out var fault);
        Assert.Null(fault);
        Assert.Equal(expected, $"{UsageQueryText.Of(query!.From)} {UsageQueryText.Of(query.To)} {query.By}");
    }

    [Theory]
    [InlineData("yesterday", null, null, "from must be a day like 2026-11-30")]
    [InlineData("2026-02-30", null, null, "from must be a day like 2026-11-30")]
    [InlineData("2026-1-1", null, null, "from must be a day like 2026-11-30")]
    [InlineData(null, "2026-11-30T00:00:00Z", null, "to must be a day like 2026-11-30")]
    [InlineData(null, null, "team", "by must be key, user, model, host or day")]
    [InlineData(null, null, "0", "by must be key, user, model, host or day")]
    [InlineData(null, null, "Key", "by must be key, user, model, host or day")]
    [InlineData("2026-12-01", null, null, "from must not be later than to")]
    public void Parse_WrongPart_IsNamed(string? from, string? to, string? by, string expected)
    {
        Assert.Null(UsageQueryText.Parse(from, to, by, Today, out var fault));
        Assert.Equal(expected, $"{fault?.Field} {fault?.Message}");
    }

    [Fact]
    public void NameOf_EachGroup_IsReadBack() => Assert.All(Enum.GetValues<UsageGroup>(), group =>
        Assert.Equal(group, UsageQueryText.Parse(null, null, UsageQueryText.NameOf(group), Today, out _)?.By));
}
