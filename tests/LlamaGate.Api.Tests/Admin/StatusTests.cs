using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Sharing;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>GET /admin/api/status under traffic.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task Status_WhileCallsRunAndWait_ShowsThem()
    {
        await using var bed = await AdminBed.StartAsync();
        var held = await bed.Sharing.HoldAsync(headers: AdminBed.Anna);
        var waiting = bed.Sharing.ChatAsync(headers: [AdminBed.Bob, ("X-User", "lea")]);
        await bed.Sharing.WaitingAsync(1, AdminBed.Bob);
        bed.Sharing.Gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        var status = (await bed.StatusAsync()).Json;

        Assert.True(status.GetProperty("sharing").GetBoolean());
        var host = Assert.Single(status.GetProperty("hosts").EnumerateArray());
        Assert.Equal(("a", "up", 1, 1), (Text(host, "name"), Text(host, "state"), Number(host, "slots_busy"), Number(host, "slots")));
        Assert.Equal(3, host.GetProperty("available").GetArrayLength());
        var model = Assert.Single(host.GetProperty("models").EnumerateArray());
        Assert.Equal(("plain:latest", 8192, "open", false, false), (
            Text(model, "name"), Number(model, "context"), Text(model, "gate"), model.GetProperty("pinned").GetBoolean(), model.GetProperty("slots_learned").GetBoolean()));
        var running = Assert.Single(model.GetProperty("running").EnumerateArray());
        Assert.Equal(("anna", "normal", 3.0), (Text(running, "key"), Text(running, "priority"), running.GetProperty("seconds").GetDouble()));
        Assert.Equal(JsonValueKind.Null, running.GetProperty("user").ValueKind);

        var queue = status.GetProperty("queue");
        Assert.Equal((1, 1000), (Number(queue, "waiting"), Number(queue, "max")));
        var call = Assert.Single(queue.GetProperty("calls").EnumerateArray());
        Assert.Equal(("plain", "bob", "lea", "low", "waiting", 1, 3.0), (
            Text(call, "model"), Text(call, "key"), Text(call, "user"), Text(call, "priority"), Text(call, "state"), Number(call, "position"),
            call.GetProperty("waited").GetDouble()));
        await held.ReleaseAsync();
        Assert.Equal(200, (await waiting).Status);
    }

    [Fact]
    public async Task Status_AfterLoads_SaysWhyTheyWereMade()
    {
        await using var bed = await AdminBed.StartAsync();
        await bed.Sharing.ChatAsync("plain", AdminBed.Anna);
        bed.Sharing.Gateway.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await bed.Sharing.ChatAsync("tiny", AdminBed.Bob)).Status);
        var loads = (await bed.StatusAsync()).Json.GetProperty("loads").EnumerateArray().ToArray();
        Assert.Equal(2, loads.Length);
        Assert.Equal(("tiny:latest", "switch", "ok", "bob", 1), (
            Text(loads[0], "model"), Text(loads[0], "reason"), Text(loads[0], "outcome"), Text(loads[0], "for"), Number(loads[0], "waiting")));
        Assert.Equal("plain:latest", Assert.Single(loads[0].GetProperty("evicted").EnumerateArray()).GetString());
        Assert.Equal(("plain:latest", "first", "anna"), (Text(loads[1], "model"), Text(loads[1], "reason"), Text(loads[1], "for")));
    }

    [Fact]
    public async Task Status_OfAHostThatIsDown_WarnsOfIt()
    {
        await using var bed = await AdminBed.StartAsync(new SharingSetup().With(hosts: 2));
        await bed.Sharing.Hosts[1].DisposeAsync();
        bed.Sharing.Gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        var status = await bed.StatusAsync(status =>
        {
            bed.Sharing.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
            return Text(status.Json.GetProperty("hosts")[1], "state") == "down";
        });
        var warning = Assert.Single(status.Json.GetProperty("warnings").EnumerateArray());
        Assert.Equal(("host-down", "error"), (Text(warning, "id"), Text(warning, "severity")));
        Assert.StartsWith("Host b is down: ", Text(warning, "text"), StringComparison.Ordinal);
        Assert.Equal("Start Ollama on b, or drain it.", Text(warning, "action"));
    }

    [Fact]
    public async Task Status_OfAGatewayWithoutSharing_ShowsItsHost()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { AdminKey = AdminBed.AdminSecret });
        var status = (await bed.GetAsync(AdminBed.StatusPath, AdminBed.Admin)).Json;
        Assert.False(status.GetProperty("sharing").GetBoolean());
        Assert.Equal("up", Text(Assert.Single(status.GetProperty("hosts").EnumerateArray()), "state"));
        Assert.Equal(0, Number(status.GetProperty("queue"), "waiting"));
    }

    /// <summary>What administrators see goes to a page and into screenshots.</summary>
    [Fact]
    public async Task Status_Always_HoldsNoSecretPromptOrAddress()
    {
        await using var bed = await AdminBed.StartAsync();
        var held = await bed.Sharing.HoldAsync(headers: AdminBed.Anna);
        var waiting = bed.Sharing.PostAsync(SharingBed.ChatPath, SharingBed.Chat(content: "my-own-words"), AdminBed.Bob);
        await bed.Sharing.WaitingAsync(1, AdminBed.Bob);
        var body = (await bed.StatusAsync()).Body;
        Assert.DoesNotContain("my-own-words", body, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", body, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", body, StringComparison.Ordinal);
        await held.ReleaseAsync();
        await waiting;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
