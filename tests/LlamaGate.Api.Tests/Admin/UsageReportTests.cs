using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>GET /admin/api/usage, and what of it the status and the keys show.</summary>
public sealed class UsageReportTests
{
    /// <summary>When the gateway's clock starts: 2023-12-21.</summary>
    private static readonly DateTimeOffset Today = new(2023, 12, 21, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Usage_ByKey_IsTheSumOfTheLastThirtyDays()
    {
        await using var bed = await StartAsync();
        var answer = await bed.Sharing.GetAsync("/admin/api/usage", AdminBed.Ops);
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"from":"2023-11-22","to":"2023-12-21","by":"key","data":["""
            + """{"key":"anna","calls":2,"tokens_in":800,"tokens_out":150,"gpu_seconds":6.5,"device_seconds":0,"cache_hits":0,"tokens_saved":0,"waited":0},"""
            + """{"key":"bob","calls":1,"tokens_in":10,"tokens_out":5,"gpu_seconds":1,"device_seconds":0,"cache_hits":0,"tokens_saved":0,"waited":0}]}""",
            answer.Body);
    }

    [Fact]
    public async Task Usage_AsCsv_IsAFile()
    {
        await using var bed = await StartAsync();
        var answer = await bed.Sharing.GetAsync("/admin/api/usage?by=user&from=2023-12-21&to=2023-12-21&format=csv", AdminBed.Ops);
        Assert.StartsWith("text/csv; charset=utf-8", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("attachment; filename=\"usage-2023-12-21-2023-12-21.csv\"", answer.Headers["Content-Disposition"]);
        Assert.StartsWith("user,calls,tokens_in,tokens_out,gpu_seconds", answer.Body, StringComparison.Ordinal);
        Assert.Contains("lea,1,10,5,1", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2023-13-01", "from")]
    [InlineData("to=yesterday", "to")]
    [InlineData("by=colour", "by")]
    [InlineData("from=2023-12-21&to=2023-12-20", "from")]
    [InlineData("format=xml", "format")]
    public async Task Usage_WithAWrongParameter_IsRefused(string query, string param)
    {
        await using var bed = await StartAsync();
        var answer = await bed.Sharing.GetAsync($"/admin/api/usage?{query}", AdminBed.Ops);
        Assert.Equal((400, param), (answer.Status, answer.Error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Status_OfToday_ShowsAccountsQuotasAndShares()
    {
        await using var bed = await StartAsync();
        var status = (await bed.StatusAsync()).Json;
        var accounts = status.GetProperty("accounts");
        Assert.Equal("2023-12-21", accounts.GetProperty("day").GetString());
        var anna = accounts.GetProperty("keys")[0];
        Assert.Equal(("anna", 1000, 950, 6.5), (
            anna.GetProperty("key").GetString(), anna.GetProperty("tokens_per_day").GetInt32(), anna.GetProperty("tokens_used").GetInt32(),
            anna.GetProperty("gpu_seconds_used").GetDouble()));
        var warning = Assert.Single(status.GetProperty("warnings").EnumerateArray());
        Assert.Equal("Key anna has used 950 of 1000 tokens today.", warning.GetProperty("text").GetString());

        var shares = status.GetProperty("shares").GetProperty("principals").EnumerateArray().ToArray();
        Assert.Equal(("anna", 2.0, 0.867, 0.667), (
            shares[0].GetProperty("key").GetString(), shares[0].GetProperty("weight").GetDouble(), shares[0].GetProperty("share").GetDouble(),
            shares[0].GetProperty("target").GetDouble()));
        Assert.Equal(("bob", "lea"), (shares[1].GetProperty("key").GetString(), shares[1].GetProperty("user").GetString()));
        Assert.Equal(60, shares[0].GetProperty("by_minute").GetArrayLength());

        var keys = (await bed.Sharing.GetAsync("/admin/api/keys", AdminBed.Ops)).Json.GetProperty("data");
        Assert.Equal("2023-12-21T01:50:00Z", keys[2].GetProperty("last_used").GetString());
    }

    private static async Task<AdminBed> StartAsync()
    {
        var bed = await AdminBed.StartAsync();
        bed.Sharing.Gateway.Clock.SetUtcNow(Today.AddHours(1));
        foreach (var sink in bed.Sharing.Gateway.Services.GetServices<IUsageSink>())
        {
            sink.Add(Record("anna", 700, 100, 4, minutes: 30));
            sink.Add(Record("anna", 100, 50, 2.5, minutes: 50));
            sink.Add(Record("bob", 10, 5, 1, minutes: 40) with { User = "lea" });
        }

        return bed;
    }

    private static UsageRecord Record(string key, int tokensIn, int tokensOut, double seconds, int minutes) =>
        new(Guid.CreateVersion7(), Today.AddMinutes(minutes), key, "plain") { TokensIn = tokensIn, TokensOut = tokensOut, Eval = TimeSpan.FromSeconds(seconds) };
}
