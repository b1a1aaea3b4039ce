#!/usr/bin/env bash
# Microsoft.Extensions.TimeProvider.Testing 10.11.0, .NET 10: FakeTimeProvider.Advance returns before the timers that are due have fired, if
# another thread just creates a timer that is due at once. That thread fires the others too, within CreateTimer.
# It matters to tests of a server, whose own threads create and change timers: a test that advances the clock and looks at the result
# fails now and then. Such a test has to wait for the result.
# Output seen on 2026-12-01:
#   Advance by 5 s has returned. Fired what is due after 2 s: False
#   CreateTimer of the other thread has returned. Fired what is due after 2 s: True
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
    <PackageReference Include="Microsoft.Extensions.TimeProvider.Testing" Version="[10.11.0]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using Microsoft.Extensions.Time.Testing;

var clock = new FakeTimeProvider();
using var begun = new ManualResetEventSlim();
using var goOn = new ManualResetEventSlim();
var hasFired = false;
using var timer = clock.CreateTimer(_ => Volatile.Write(ref hasFired, true), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

var other = Task.Run(() => clock.CreateTimer(
    _ =>
    {
        begun.Set();
        goOn.Wait();
    },
    null, TimeSpan.Zero, Timeout.InfiniteTimeSpan));
begun.Wait();
clock.Advance(TimeSpan.FromSeconds(5));
Console.WriteLine($"Advance by 5 s has returned. Fired what is due after 2 s: {Volatile.Read(ref hasFired)}");
goOn.Set();
await (await other).DisposeAsync();
Console.WriteLine($"CreateTimer of the other thread has returned. Fired what is due after 2 s: {Volatile.Read(ref hasFired)}");
CSHARP

dotnet run --nologo -v quiet > seen.txt
cat seen.txt
diff - seen.txt <<'EXPECTED'
Advance by 5 s has returned. Fired what is due after 2 s: False
CreateTimer of the other thread has returned. Fired what is due after 2 s: True
EXPECTED
