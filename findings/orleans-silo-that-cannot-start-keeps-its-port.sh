#!/usr/bin/env bash
# Microsoft.Orleans.Server 10.4.2, .NET 10, Linux: a silo whose start fails before its last stage cannot be stopped. Its host's StopAsync raises
# an error, because the silo does not run, and it goes on listening on its port. If the start fails in the last stage, StopAsync works.
# It matters to a program that starts the silo in the background and tries again, because a database or another member is not there yet: with
# a fixed port the next attempt meets what the failed one has left. Ending the silo's own life cycle (ISiloLifecycleSubject.OnStop) closes the port.
# Output seen on 2026-12-01:
#   ApplicationServices: start fails, stop raises InvalidOperationException, port AddressAlreadyInUse, after OnStop free
#   Active: start fails, stop works, port free
# Exits 0 while this is so, 1 when it has changed. Needs a .NET 10 SDK and a package source; works in a temporary folder.
set -euo pipefail

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
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

Console.WriteLine($"ApplicationServices: {await TryAsync(ServiceLifecycleStage.ApplicationServices)}");
Console.WriteLine($"Active: {await TryAsync(ServiceLifecycleStage.Active)}");
Environment.Exit(0);

static async Task<string> TryAsync(int stage)
{
    var port = FreePort();
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(port, gatewayPort: 0);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new NotThereYet(stage));
    });
    var host = builder.Build();
    var start = await ErrorOfAsync(host.StartAsync) is null ? "start works" : "start fails";
    var stop = await ErrorOfAsync(host.StopAsync) is { } error ? $"stop raises {error}" : "stop works";
    var left = StateOf(port);
    if (left == "free")
    {
        return $"{start}, {stop}, port {left}";
    }

    await host.Services.GetRequiredService<ISiloLifecycleSubject>().OnStop(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    return $"{start}, {stop}, port {left}, after OnStop {StateOf(port)}";
}

static async Task<string?> ErrorOfAsync(Func<CancellationToken, Task> act)
{
    try
    {
        await act(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return null;
    }
    catch (Exception exception)
    {
        return exception.GetType().Name;
    }
}

static string StateOf(int port)
{
    try
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return "free";
    }
    catch (SocketException exception)
    {
        return exception.SocketErrorCode.ToString();
    }
}

static int FreePort()
{
    using var probe = new TcpListener(IPAddress.Loopback, 0);
    probe.Start();
    return ((IPEndPoint)probe.LocalEndpoint).Port;
}

/// <summary>A part of an application that needs something which is not there yet.</summary>
internal sealed class NotThereYet(int stage) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe("application", stage, static _ => throw new TimeoutException("the database does not answer"));
}
CSHARP

cat > expected.txt <<'TEXT'
ApplicationServices: start fails, stop raises InvalidOperationException, port AddressAlreadyInUse, after OnStop free
Active: start fails, stop works, port free
TEXT

timeout 300 dotnet run --configuration Release > output.txt
cat output.txt
diff -u expected.txt output.txt
