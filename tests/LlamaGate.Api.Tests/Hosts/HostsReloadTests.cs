using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;
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
        Assert.Equal("5m", sent.GetProperty("keep_alive").GetString());
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
            $$$"""{"status":"ready","hosts":{"count":1,"loaded_at":"2023-12-21T01:50:56+00:00","fault":"{{{Fault}}}"}}""", await ReadyAsync(bed));
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Write(bed, "{}");
        bed.Gateway.Clock.Advance(FileWatch<HostsFileReading>.Period);
        Assert.DoesNotContain("fault", await ReadyAsync(bed), StringComparison.Ordinal);

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

    private Task<GatewayOverOllama> StartAsync(string models, string options = "{}") => GatewayOverOllama.StartAsync(settings =>
    {
        Write(settings.OllamaHost, models, "");
        return settings with
        {
            OllamaHosts = new GatewaySettings().OllamaHosts,
            HostsFile = _file.Path,
            ModelOptions = VariableText.Options($$"""{"p*":{{options}}}""")!,
        };
    });

    private void Write(GatewayOverOllama bed, string models, string others = "") => Write(bed.Ollama.Address, models, others);

    private void Write(Uri address, string models, string others) => _file.Write(
        "hosts.json", $$"""{"hosts":[{"name":"one","url":"{{address}}"}{{others}}],"models":{{models}}}""");
}
