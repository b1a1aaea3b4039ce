#!/usr/bin/env bash
# .NET 10.0.12, HttpClient on Linux: when a server resets a connection just after accepting it, a few calls in ten thousand throw a bare
# SocketException (NotConnected), not an HttpRequestException. The documentation of GetAsync and SendAsync names HttpRequestException for
# every failure of the network. The client reads the peer's address of the new connection before it sends anything, outside the code that
# wraps exceptions.
# It matters to code that retries or fails over by the type of the exception: it takes this reset for a fault of its own.
# Output seen on 2026-11-30:
#   20000 requests, runtime 10.0.12
#   209 HttpRequestException <- IOException
#   19752 HttpRequestException <- SocketException
#   39 SocketException
# Exits 0 while a bare SocketException comes within 100,000 requests or two minutes, else 1. Needs a .NET 10 SDK; works in a temporary folder.
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
  </PropertyGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start(512);
_ = Task.Run(async () =>
{
    while (true)
    {
        using var socket = await listener.AcceptSocketAsync();
        socket.LingerState = new LingerOption(true, 0); // Closing it then sends a reset.
    }
});

using var client = new HttpClient();
var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
var clock = Stopwatch.StartNew();
var requests = 0;
while ((requests < 20_000 || !seen.ContainsKey(nameof(SocketException))) && requests < 100_000 && clock.Elapsed.TotalMinutes < 2)
{
    requests++;
    try
    {
        await client.GetAsync($"http://{listener.LocalEndpoint}/");
    }
    catch (Exception exception)
    {
        var kind = exception.GetType().Name + (exception.InnerException is { } inner ? $" <- {inner.GetType().Name}" : "");
        seen[kind] = seen.GetValueOrDefault(kind) + 1;
    }
}

Console.WriteLine($"{requests} requests, runtime {Environment.Version}");
foreach (var (kind, count) in seen)
{
    Console.WriteLine($"{count} {kind}");
}
CSHARP

dotnet run --nologo -v quiet > seen.txt
cat seen.txt
grep -q '^[0-9]* SocketException$' seen.txt
