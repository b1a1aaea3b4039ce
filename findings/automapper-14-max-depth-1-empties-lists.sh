#!/usr/bin/env bash
# AutoMapper 14.0.0, .NET 10: a map with MaxDepth(1) maps the scalar members of a flat type and leaves its list members empty, without
# an error and with a configuration that AssertConfigurationIsValid accepts. With MaxDepth(2) the lists are there. A flat type has a depth
# of one for its reader; the library counts the list's elements as a level of their own.
# It matters to code that follows the advice for GHSA-rvv3-g6hj-g44x, a MaxDepth, for maps that are flat.
# Output seen on 2026-11-29:
#   MaxDepth(1): name=n, words=0
#   MaxDepth(2): name=n, words=2
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
    <PackageReference Include="AutoMapper" Version="[14.0.0]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using AutoMapper;

foreach (var depth in new[] { 1, 2 })
{
    var configuration = new MapperConfiguration(c => c.CreateMap<From, To>().MaxDepth(depth));
    configuration.AssertConfigurationIsValid();
    var to = configuration.CreateMapper().Map<To>(new From("n", ["a", "b"]));
    Console.WriteLine($"MaxDepth({depth}): name={to.Name}, words={to.Words?.Count ?? -1}");
}

record From(string Name, IReadOnlyList<string> Words);

record To
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? Words { get; init; }
}
CSHARP

dotnet run --nologo -v quiet > seen.txt
cat seen.txt
diff - seen.txt <<'EXPECTED'
MaxDepth(1): name=n, words=0
MaxDepth(2): name=n, words=2
EXPECTED
