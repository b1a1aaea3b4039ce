using LlamaGate.Api.Tests.Sharing;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>GET /admin/api/keys.</summary>
public sealed class KeyListTests
{
    [Fact]
    public async Task Keys_InForce_AreListedWithoutTheirHashes()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Adjust = settings => settings with { ApiKey = "sk-default-1" } });
        var answer = await bed.Sharing.GetAsync("/admin/api/keys", AdminBed.Ops);
        var keys = answer.Json.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal("default admin ops anna bob", string.Join(' ', keys.Select(key => key.GetProperty("id").GetString())));
        Assert.Equal(
            """{"id":"anna","created":null,"last_used":null,"weight":2,"priority":"normal","share_by":"key","models":["*"],"max_running":null"""
            + ""","max_waiting":100,"rate_limit_rps":null,"tokens_per_day":1000,"gpu_seconds_per_day":null,"cache":"shared","admin":false"""
            + ""","expires":null,"disabled":false}""",
            keys[3].GetRawText());
        Assert.Equal("user:X-User", keys[4].GetProperty("share_by").GetString());
        Assert.Equal("address", keys[0].GetProperty("share_by").GetString());
        Assert.Equal([false, true, true], keys.Take(3).Select(key => key.GetProperty("admin").GetBoolean()));
        Assert.DoesNotContain("sha256", answer.Body, StringComparison.Ordinal);
    }
}
