using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Sharing;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>Administrators drain hosts, and load and unload models, under traffic.</summary>
public sealed class HostChangeTests
{
    [Fact]
    public async Task Drain_WhileACallRuns_LetsItEndAndSendsOthersElsewhere()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup().With(hosts: 2));
        var held = await bed.Sharing.HoldAsync(headers: AdminBed.Anna);
        var answer = await bed.ChangeAsync("hosts/a/drain");
        Assert.Equal((200, """{"done":true,"message":"Host a is draining: 1 call still runs there."}"""), (answer.Status, answer.Body));
        Assert.Equal("draining", await StateAsync(bed));

        var other = await bed.Sharing.ChatAsync(headers: AdminBed.Anna);
        Assert.Equal((200, "b"), (other.Status, other.Headers["X-LlamaGate-Host"]));
        await held.ReleaseAsync();
        Assert.Single(bed.Sharing.Calls());

        Assert.Equal(200, (await bed.ChangeAsync("hosts/a/resume")).Status);
        Assert.Equal("up", await StateAsync(bed));
    }

    [Fact]
    public async Task Drain_OfTheOnlyHost_LeavesThoseWhoComeNothing()
    {
        await using var bed = await AdminBed.StartAsync();
        await bed.ChangeAsync("hosts/a/drain");
        var refused = await bed.Sharing.ChatAsync(headers: AdminBed.Anna);
        Assert.Equal((503, "no_host", "30"), (refused.Status, refused.ErrorCode, refused.Headers["Retry-After"]));
        await bed.ChangeAsync("hosts/a/resume");
        Assert.Equal(200, (await bed.Sharing.ChatAsync(headers: AdminBed.Anna)).Status);
    }

    [Fact]
    public async Task Drain_WhenHostsFileChanges_GoesOn()
    {
        await using var bed = await AdminBed.StartAsync();
        await bed.ChangeAsync("hosts/a/drain");
        bed.Sharing.Rewrite((0, "\"slots\":2"));
        Assert.Equal("draining", await StateAsync(bed));
        await bed.ChangeAsync("hosts/a/resume");
        Assert.Equal("up", await StateAsync(bed));
    }

    [Fact]
    public async Task Resume_OfAHostThatHostsFileDrains_IsRefused()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Limits = "\"drain\":true" });
        var answer = await bed.ChangeAsync("hosts/a/resume");
        Assert.Equal((409, "conflict"), (answer.Status, answer.ErrorCode));
    }

    /// <summary>What the warning of it advises.</summary>
    [Fact]
    public async Task Drain_OfAHostThatIsDown_ShowsAndLasts()
    {
        await using var bed = await AdminBed.StartAsync();
        var port = bed.Sharing.Host.Address.Port;
        await bed.Sharing.Host.DisposeAsync();
        Assert.Equal((false, 1), await DrainedAsync(bed, "down"));
        await bed.ChangeAsync("hosts/a/drain");
        Assert.Equal((true, 0), await DrainedAsync(bed, "down"));
        await using (await GatewayOverHosts.StartOllamaAsync(new EmulatorOptions { Port = port }))
        {
            Assert.Equal((true, 0), await DrainedAsync(bed, "draining"));
        }

        Assert.Equal((true, 0), await DrainedAsync(bed, "down"));
        await bed.ChangeAsync("hosts/a/resume");
        Assert.Equal((false, 1), await DrainedAsync(bed, "down"));
    }

    [Fact]
    public async Task Load_OfAModelNobodyWants_HasItReadyForTheNextCall()
    {
        await using var bed = await AdminBed.StartAsync();
        var answer = await bed.ChangeAsync("hosts/a/models/tiny/load");
        Assert.Equal((200, "tiny:latest is being loaded on host a."), (answer.Status, answer.Json.GetProperty("message").GetString()));
        var status = await bed.StatusAsync(status => status.Json.GetProperty("hosts")[0].GetProperty("models").GetArrayLength() == 1);
        var load = Assert.Single(status.Json.GetProperty("loads").EnumerateArray());
        Assert.Equal(("admin", null), (load.GetProperty("reason").GetString(), load.GetProperty("for").GetString()));
        Assert.Equal(200, (await bed.Sharing.ChatAsync("tiny", AdminBed.Anna)).Status);
        Assert.Single(bed.Sharing.Host.Runners.Loads);
        Assert.Contains("already", (await bed.ChangeAsync("hosts/a/models/tiny%3Alatest/load")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OfAnEmbeddingModel_LoadsItAsSuch()
    {
        await using var bed = await AdminBed.StartAsync();
        Assert.Equal(200, (await bed.ChangeAsync("hosts/a/models/embed/load")).Status);
        await bed.StatusAsync(status => status.Json.GetProperty("hosts")[0].GetProperty("models").GetArrayLength() == 1);
        Assert.Single(bed.Sharing.Calls("/api/embed"));
        Assert.Empty(bed.Sharing.Calls("/api/generate"));
    }

    [Fact]
    public async Task Unload_OfAModelThatWorks_WaitsForItsCall()
    {
        await using var bed = await AdminBed.StartAsync();
        var held = await bed.Sharing.HoldAsync(headers: AdminBed.Anna);
        var answer = await bed.ChangeAsync("hosts/a/models/plain/unload");
        Assert.Equal("plain:latest is unloaded from host a once 1 call has ended.", answer.Json.GetProperty("message").GetString());
        Assert.Equal((409, "conflict"), (await bed.ChangeAsync("hosts/a/models/tiny/load")) is var other ? (other.Status, other.ErrorCode) : default);
        Assert.Equal(["plain:latest"], bed.Sharing.Host.Runners.Loaded);
        await held.ReleaseAsync();
        await bed.Sharing.Host.Runners.WhenAsync(runners => runners.Loaded.Count == 0, GatewayOverOllama.LongestWait);
        await bed.StatusAsync(status => status.Json.GetProperty("hosts")[0].GetProperty("models").GetArrayLength() == 0);
    }

    [Fact]
    public async Task Unload_OfAPinnedModel_IsRefused()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup { Limits = "\"max_loaded\":1,\"pin\":[\"plain\"]" });
        await bed.Sharing.ChatAsync(headers: AdminBed.Anna);
        foreach (var path in new[] { "hosts/a/models/plain/unload", "hosts/a/models/tiny/load" })
        {
            var answer = await bed.ChangeAsync(path);
            Assert.Equal((409, "conflict"), (answer.Status, answer.ErrorCode));
            Assert.Contains("pinned", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("hosts/z/drain", 404, "host_not_found", "host")]
    [InlineData("hosts/z/models/plain/load", 404, "host_not_found", "host")]
    [InlineData("hosts/a/models/hf.co%2Fnobody%2Fnothing:Q4/load", 404, "model_not_found", "model")]
    [InlineData("hosts/a/models/none/unload", 404, "model_not_found", "model")]
    [InlineData("hosts/%20/drain", 400, null, "host")]
    [InlineData("calls/c999/cancel", 404, "call_not_found", "id")]
    public async Task Change_OfWhatIsNotThere_IsRefused(string path, int status, string? code, string param)
    {
        await using var bed = await AdminBed.StartAsync();
        var answer = await bed.ChangeAsync(path);
        Assert.Equal((status, code, param), (answer.Status, answer.ErrorCode, answer.Error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Change_OnAGatewayWithoutSharing_IsRefused()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { AdminKey = AdminBed.AdminSecret });
        var answer = await bed.PostAsync("/admin/api/hosts/a/drain", "{}", AdminBed.Admin);
        Assert.Equal((409, "conflict"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Change_Made_IsLoggedWithTheKey()
    {
        await using var bed = await AdminBed.StartAsync();
        await bed.ChangeAsync("hosts/a/models/tiny/load");
        await bed.ChangeAsync("hosts/a/drain", AdminBed.Admin);
        var log = await bed.Sharing.Gateway.StopAndReadLogAsync();
        Assert.Contains(log, line => line.Contains("Administrator ops: load tiny on host a", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("Administrator admin: drain host a", StringComparison.Ordinal));
    }

    /// <summary>Lets time pass until the host is in this state. Whether it is drained then, and the number of warnings.</summary>
    private static async Task<(bool IsDrained, int Warnings)> DrainedAsync(AdminBed bed, string state)
    {
        var status = (await bed.StatusAsync(status =>
        {
            bed.Sharing.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
            return status.Json.GetProperty("hosts")[0].GetProperty("state").GetString() == state;
        })).Json;
        return (status.GetProperty("hosts")[0].GetProperty("drained").GetBoolean(), status.GetProperty("warnings").GetArrayLength());
    }

    private static async Task<string?> StateAsync(AdminBed bed) =>
        (await bed.StatusAsync()).Json.GetProperty("hosts")[0].GetProperty("state").GetString();
}
