using System.Text.Json;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Tests.Accounts;

public sealed class UsageReportTests
{
    private static readonly UsageQuery Query = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), UsageGroup.User);

    private static readonly UsageRow Row = new("ann")
    {
        Calls = 2,
        TokensIn = 30,
        TokensOut = 40,
        GpuTime = TimeSpan.FromSeconds(1.2004),
        DeviceTime = TimeSpan.FromSeconds(0.0005),
        CacheHits = 3,
        TokensSaved = 50,
        Waited = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public void Json_Report_NamesTheGroupByItsKind() => Assert.Equal(
        """{"from":"2026-11-01","to":"2026-11-30","by":"user","data":[{"user":"ann","calls":2,"tokens_in":30,"tokens_out":40,"gpu_seconds":1.2,"device_seconds":0,"cache_hits":3,"tokens_saved":50,"waited":60}]}""",
        JsonSerializer.Serialize(new UsageReport(Query, [Row]), UsageJsonContext.Default.UsageReport));

    [Fact]
    public void Csv_Report_HasALineOfNames() => Assert.Equal(
        "user,calls,tokens_in,tokens_out,gpu_seconds,device_seconds,cache_hits,tokens_saved,waited\r\nann,2,30,40,1.2,0,3,50,60\r\n",
        UsageCsv.Write(new UsageReport(Query, [Row])));

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("", "")]
    public void Csv_NameOfAUser_IsQuotedAndNoFormula(string name, string cell) => Assert.Equal(
        $"{cell},0,0,0,0,0,0,0,0", UsageCsv.Write(new UsageReport(Query, [new UsageRow(name)])).Split("\r\n", 2)[1][..^2]);
}
