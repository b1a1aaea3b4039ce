using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Lifetime;

public class SettingsReloadTests
{
    private static readonly GatewaySettings Before = new() { ApiKey = "old", ListenAddress = IPAddress.Any, Port = 0 };

    [Fact]
    public async Task Run_ReadingFails_KeepsTheSettingsAndSaysSo()
    {
        await using var gateway = await StartAsync(() => throw new InvalidOperationException("the disk is gone"));
        gateway.Services.GetRequiredService<SettingsReload>().Run();
        Assert.Equal("old", gateway.Settings.Settings.ApiKey);
        var line = Assert.Single(await gateway.StopAndReadLogAsync(), line => line.Contains("could not be read again", StringComparison.Ordinal));
        Assert.Contains("InvalidOperationException", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("127.0.0.1", false)]
    public async Task Run_KeyTakenAway_WarnsWhereOtherMachinesReachIt(string address, bool warns)
    {
        var before = Before with { ListenAddress = IPAddress.Parse(address) };
        await using var gateway = await StartAsync(() => new LoadedConfiguration { Settings = before with { ApiKey = "" } }, before);
        gateway.Services.GetRequiredService<SettingsReload>().Run();
        Assert.Equal("", gateway.Settings.Settings.ApiKey);
        Assert.Equal(warns, (await gateway.StopAndReadLogAsync()).Any(
            line => line.Contains("API_KEY is empty now: anyone can use the gateway", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_OtherPasswordInOllamaHost_IsNamedAndNotShown()
    {
        var before = Before with { OllamaHost = new Uri("http://me:pw-one@ollama:1") };
        await using var gateway = await StartAsync(
            () => new LoadedConfiguration { Settings = before with { OllamaHost = new Uri("http://me:pw-two@ollama:1") } }, before);
        gateway.Services.GetRequiredService<SettingsReload>().Run();
        var log = string.Concat(await gateway.StopAndReadLogAsync());
        Assert.Contains("Also changed, in force only after a restart: OLLAMA_HOST", log, StringComparison.Ordinal);
        Assert.DoesNotContain("pw-two", log, StringComparison.Ordinal);
    }

    private static Task<RunningGateway> StartAsync(Func<LoadedConfiguration> load, GatewaySettings? before = null) =>
        RunningGateway.StartAsync(before ?? Before, builder => builder.Services.AddSingleton(load).AddSingleton<SettingsReload>());
}
