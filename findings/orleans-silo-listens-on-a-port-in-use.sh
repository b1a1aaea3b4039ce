#!/usr/bin/env bash
# Microsoft.Orleans.Server 10.4.2, .NET 10, Linux: a silo starts on a port on which another silo already listens. Neither reports an error.
# A plain listener of .NET on the same port is refused, so Orleans' own sets the option that lets both share it.
# It matters where silos have fixed addresses and share a membership table: the newcomer is taken for the restarted older one, which is
# declared dead while it works. A program that gives silos fixed ports has to look for itself whether the port is free.
# Output seen on 2026-12-01:
#   a plain listener on the first silo's port: AddressAlreadyInUse
#   a second silo on that port: both are active
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

// Each silo is the only member of its own cluster, in memory: all that they share is the port.
var port = FreePort();
using var first = await StartAsync(port);
Console.WriteLine($"a plain listener on the first silo's port: {TryListen(port)}");
using var second = await StartAsync(port);
Console.WriteLine($"a second silo on that port: {(IsActive(first) && IsActive(second) ? "both are active" : "one is not active")}");
Environment.Exit(0);

static async Task<IHost> StartAsync(int port)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleans(silo => silo.UseLocalhostClustering(port, gatewayPort: 0));
    var host = builder.Build();
    await host.StartAsync();
    return host;
}

static bool IsActive(IHost host) => host.Services.GetRequiredService<ISiloStatusOracle>().CurrentStatus is SiloStatus.Active;

static string TryListen(int port)
{
    try
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return "listens";
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
CSHARP

cat > expected.txt <<'TEXT'
a plain listener on the first silo's port: AddressAlreadyInUse
a second silo on that port: both are active
TEXT

timeout 300 dotnet run --configuration Release > output.txt
cat output.txt
diff -u expected.txt output.txt
