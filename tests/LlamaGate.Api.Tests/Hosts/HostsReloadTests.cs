using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>HOSTS_FILE in a running gateway.</summary>
public sealed class HostsReloadTests : IDisposable
{
    private readonly HostsFileBed _file = new();

    [Fact]
    public async Task Start_ModelsOfTheFile_GoUpstreamAndWinOverModelOptions()
    {
        await using var bed = await StartAsync(
            """{"plain":{"num_ctx":2048,"keep_alive":"5m"}}""", """{"num_ctx":2,"num_batch":8,"keep_alive":"9m"}""");
        await bed.ChatAsync(ChatBody.Hi);
        var sent = (await bed.NextChatUpstreamAsync()).Json();
        Assert.Equal((2048, 8), (sent.GetProperty("options").GetProperty("num_ctx").GetInt32(), sent.GetProperty("options").GetProperty("num_batch").GetInt32()));
        Assert.False(sent.TryGetProperty("keep_alive", out _));
        var load = (await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, "/api/generate")).Body;
        Assert.Equal("""{"model":"plain:latest","stream":false,"keep_alive":"5m","options":{"num_ctx":2048,"num_batch":8}}""", load);
    }

    [Fact]
    public async Task Change_OfTheFile_IsInForceWithinTwoSecondsAsAWhole()
    {
        await using var bed = await StartAsync("""{"plain":{"num_ctx":2048}}""");
        var hosts = bed.Gateway.Services.GetRequiredService<OllamaOptions>().Hosts;
        var before = hosts.Current[0];
        Assert.True(hosts.IsShared);
        Write(bed, """{"plain":{"num_ctx":4096}}""", """,{"name":"two","url":"http://two:1","drain":true}""");
        bed.Gateway.Clock.Advance(FileWatch<HostsFileReading>.Period);
        Assert.Equal(["one", "two"], hosts.Current.Select(host => host.Name), StringComparer.Ordinal);
        Assert.Equal([false, true], hosts.Current.Select(host => host.IsDraining));
        Assert.Same(before, hosts.Current[0]);
        await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal(4096, (await bed.NextChatUpstreamAsync()).Json().GetProperty("options").GetProperty("num_ctx").GetInt32());
        Assert.Single(await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("changed and is in force: 2 hosts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_OfLimitsAndRules_IsInForceInTheSameHost()
    {
        await using var bed = await StartAsync("""{"plain":{"num_ctx":2048,"slots":2}}""", """{"keep_alive":"5m"}""");
        var hosts = bed.Gateway.Services.GetRequiredService<OllamaOptions>().Hosts;
        Assert.Equal(HostLimits.None with { Pinned = hosts.Current[0].Limits.Pinned }, hosts.Current[0].Limits);
        Assert.Equal(new ModelRule { Slots = 2, Context = 2048, KeepAlive = "\"5m\"" }, hosts.FindRule("plain:latest"));
        Assert.Equal(new ModelRule { KeepAlive = "\"5m\"" }, hosts.FindRule("plastic"));

        bed.Gateway.Settings.Replace(bed.Gateway.Settings.Settings with { ModelOptions = ModelOptionsText.Parse("""{"*":{"num_ctx":8}}""", out _)! });
        Assert.Equal(new ModelRule { Slots = 2, Context = 2048 }, hosts.FindRule("plain:latest"));

        _file.Write("hosts.json", $$"""
            {"hosts":[{"name":"one","url":"{{bed.Ollama.Address}}","slots":"auto","max_loaded":1,"pin":["plain"]}],"models":{"*":{"max_ctx":99} } }
            """);
        bed.Gateway.Clock.Advance(FileWatch<HostsFileReading>.Period);
        var limits = Assert.Single(hosts.Current).Limits;
        Assert.Equal((true, null, 1, "plain"), (limits.LearnsSlots, limits.Slots, limits.MaxLoaded, Assert.Single(limits.Pinned)));
        Assert.Equal(new ModelRule { MaxContext = 99, Context = 8 }, hosts.FindRule("plain:latest"));
    }

    [Fact]
    public async Task Start_SlotsWithOneHost_ShareIt()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { Scheduler = new SchedulerOptions { Slots = 2 } });
        Assert.True(bed.Gateway.Services.GetRequiredService<OllamaOptions>().Hosts.IsShared);
        Assert.Equal(2, bed.Gateway.Services.GetRequiredService<SchedulerOptions>().Slots);
        Assert.True((await bed.ChatAsync(ChatBody.Hi)).Headers.ContainsKey("X-LlamaGate-Host"));
    }

    [Fact]
    public async Task BrokenFile_KeepsTheOldHostsIsLoggedOnceAndShown()
    {
        await using var bed = await StartAsync("{}");
        Assert.Equal("""{"status":"ready","hosts":{"count":1,"loaded_at":"2023-12-21T01:50:56+00:00"}}""", await ReadyAsync(bed));
        _file.Write("hosts.json", "{\"hosts\":[\n{\"url\":\"http://a\",\"api_key\":\"sesame\",\"slot\":1}]}");
        for (var i = 0; i < 5; i++)
        {
            bed.Gateway.Clock.Advance(FileWatch<HostsFileReading>.Period);
        }

        const string Fault = "line 2: hosts[0].slot is unknown; did you mean slots?";
        Assert.Equal(
            $$$"""{"status":"ready","hosts":{"count":1,"loaded_at":"2023-12-21T01:50:56+00:00","fault":"{{{Fault}}}"}}""",
            await ReadyAsync(bed, hasFault: true));
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Write(bed, "{}");
        bed.Gateway.Clock.Advance(FileWatch<HostsFileReading>.Period);
        await ReadyAsync(bed, hasFault: false);

        var log = await bed.Gateway.StopAndReadLogAsync();
        Assert.Contains(Fault, Assert.Single(log, line => line.Contains("the old hosts stay in force", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(log, line => line.Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ready_WithoutVerboseOrFile_IsAsBefore()
    {
        await using var bed = await StartAsync("{}");
        Assert.Equal("""{"status":"ready"}""", (await bed.GetAsync("/readyz")).Body);
        await using var other = await GatewayOverOllama.StartAsync();
        Assert.Equal("""{"status":"ready"}""", (await other.GetAsync("/readyz?verbose")).Body);
        Assert.False(other.Gateway.Services.GetRequiredService<OllamaOptions>().Hosts.IsShared);
    }

    [Fact]
    public async Task List_OfOllamaHost_IsSharedAndHasTheKeyWhereNoneIsGiven()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings
        {
            OllamaHosts = HostListText.Parse("a=http://a:1,http://me:pw@b:2", out _)!,
            OllamaApiKey = "first",
        });
        var hosts = gateway.Services.GetRequiredService<OllamaOptions>().Hosts;
        Assert.True(hosts.IsShared);
        Assert.Equal(["a http://a:1 Bearer first", "b:2 http://b:2 Basic bWU6cHc="], Described(), StringComparer.Ordinal);
        gateway.Settings.Replace(gateway.Settings.Settings with { OllamaApiKey = "second" });
        Assert.Equal("a http://a:1 Bearer second", Described().First());

        IEnumerable<string> Described() => hosts.Current.Select(host => $"{host.Name} {host.DisplayAddress} {host.Authorization()}");
    }

    public void Dispose() => _file.Dispose();

    private static async Task<string> ReadyAsync(GatewayOverOllama bed) => (await bed.GetAsync("/readyz?verbose")).Body;

    /// <summary>Waits for it: the clock may fire timers on another thread, after it was advanced.</summary>
    private static async Task<string> ReadyAsync(GatewayOverOllama bed, bool hasFault)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (true)
        {
            var ready = await ReadyAsync(bed);
            if (ready.Contains("fault", StringComparison.Ordinal) == hasFault)
            {
                return ready;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<GatewayOverOllama> StartAsync(string models, string options = "{}") => GatewayOverOllama.StartAsync(settings =>
    {
        Write(settings.OllamaHost, models, "");
        return settings with
        {
            OllamaHosts = new GatewaySettings().OllamaHosts,
            HostsFile = _file.Path,
            ModelOptions = ModelOptionsText.Parse($$"""{"p*":{{options}}}""", out _)!,
        };
    });

    private void Write(GatewayOverOllama bed, string models, string others = "") => Write(bed.Ollama.Address, models, others);

    private void Write(Uri address, string models, string others) => _file.Write(
        "hosts.json", $$"""{"hosts":[{"name":"one","url":"{{address}}"}{{others}}],"models":{{models}}}""");
}
