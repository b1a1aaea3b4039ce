#!/usr/bin/env bash
# Microsoft.Orleans.Clustering.Redis 10.4.2, Redis 7.0, .NET 10: when Redis comes back without its data, a running silo does not enter itself
# into the table of members again. It works on, and says that it is active. The next silo that starts finds an empty table and begins a
# cluster of its own, so that there are two clusters with the same ids and two activations of what should be one grain. Nothing fails.
# It matters to clusters whose Redis has no disk, or has lost it: a grain that must be the only one is not.
# Output seen on 2026-11-30:
#   together:    first sees 2 active, second sees 2 active, one grain: True
#   after loss:  first sees 1 active, third sees 1 active, one grain: False
# Exits 0 while this is so, 1 when it has changed. Needs a .NET 10 SDK, a package source and redis-server; works in a temporary folder.
set -euo pipefail

command -v redis-server >/dev/null || {
  echo 'redis-server is missing.' >&2
  exit 1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Server" Version="[10.4.2]" />
    <PackageReference Include="Microsoft.Orleans.Clustering.Redis" Version="[10.4.2]" />
    <PackageReference Include="StackExchange.Redis" Version="[3.4.35]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

var port = FreePort();
var redis = StartRedis(port);
var first = await StartSiloAsync(port);
var second = await StartSiloAsync(port);
await UntilAsync(() => Active(first) == 2 && Active(second) == 2);
Console.WriteLine($"together:    first sees {Active(first)} active, second sees {Active(second)} active, one grain: {await SameAsync(first, second)}");
await second.StopAsync();
await UntilAsync(() => Active(first) == 1);

// Redis keeps nothing on disk: it comes back empty.
redis.Kill();
redis.WaitForExit();
redis = StartRedis(port);
await Task.Delay(TimeSpan.FromSeconds(8));
var third = await StartSiloAsync(port);
await Task.Delay(TimeSpan.FromSeconds(8));
Console.WriteLine($"after loss:  first sees {Active(first)} active, third sees {Active(third)} active, one grain: {await SameAsync(first, third)}");
redis.Kill();
Environment.Exit(0);

static async Task<IHost> StartSiloAsync(int redisPort)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleans(silo => silo
        .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("finding", "finding"))
        .ConfigureEndpoints(IPAddress.Loopback, FreePort(), gatewayPort: 0)
        // The usual settings, but faster.
        .Configure<ClusterMembershipOptions>(options =>
            (options.TableRefreshTimeout, options.IAmAliveTablePublishTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)))
        .UseRedisClustering(options =>
        {
            options.ConfigurationOptions = ConfigurationOptions.Parse($"127.0.0.1:{redisPort},abortConnect=false");
        }));
    var host = builder.Build();
    await host.StartAsync();
    return host;
}

static int Active(IHost silo) => silo.Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Values
    .Count(member => member.Status is SiloStatus.Active);

static async Task<bool> SameAsync(IHost one, IHost other) => await AskAsync(one) == await AskAsync(other);

static Task<Guid> AskAsync(IHost silo) => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IOnly>(0).WhoAreYou();

static async Task UntilAsync(Func<bool> isSo)
{
    for (var i = 0; i < 300 && !isSo(); i++)
    {
        await Task.Delay(100);
    }
}

static Process StartRedis(int port)
{
    var process = Process.Start(new ProcessStartInfo("redis-server", $"--bind 127.0.0.1 --port {port} --save \"\" --appendonly no") { RedirectStandardOutput = true })!;
    while (true)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return process;
        }
        catch (SocketException)
        {
            Thread.Sleep(50);
        }
    }
}

static int FreePort()
{
    using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
    socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    return ((IPEndPoint)socket.LocalEndPoint!).Port;
}

public interface IOnly : IGrainWithIntegerKey
{
    Task<Guid> WhoAreYou();
}

public sealed class Only : Grain, IOnly
{
    private readonly Guid _id = Guid.NewGuid();

    public Task<Guid> WhoAreYou() => Task.FromResult(_id);
}
CSHARP

cat > expected.txt <<'TEXT'
together:    first sees 2 active, second sees 2 active, one grain: True
after loss:  first sees 1 active, third sees 1 active, one grain: False
TEXT

timeout 300 dotnet run --configuration Release > output.txt
cat output.txt
diff -u expected.txt output.txt
