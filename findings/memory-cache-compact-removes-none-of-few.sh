#!/usr/bin/env bash
# Microsoft.Extensions.Caching.Memory 10.0.12, .NET 10: MemoryCache.Compact(p) removes the count of entries times p, rounded down, and by
# count even when the cache is bounded by size. A cache with a SizeLimit that is full with four entries or fewer is as full after
# Compact(0.2) as before, without a sign of it: Compact returns nothing.
# It matters to code that makes room itself and then tries to add again: for a few large entries the share must be 1/count at least.
# Output seen on 2026-11-29:
#   4 entries of size 25, Compact(0.2): 4 left
#   5 entries of size 20, Compact(0.2): 4 left
#   4 entries of size 25, Compact(0.25): 3 left
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
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Extensions.Caching.Memory" Version="[10.0.12]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using Microsoft.Extensions.Caching.Memory;

foreach (var (entries, share) in new[] { (4, 0.2), (5, 0.2), (4, 0.25) })
{
    using var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = 100 });
    for (var i = 0; i < entries; i++)
    {
        cache.Set(i, "", new MemoryCacheEntryOptions { Size = 100 / entries });
    }

    cache.Compact(share);
    Console.WriteLine(FormattableString.Invariant($"{entries} entries of size {100 / entries}, Compact({share}): {cache.Count} left"));
}
CSHARP

dotnet run --nologo -v quiet > seen.txt
cat seen.txt
diff - seen.txt <<'EXPECTED'
4 entries of size 25, Compact(0.2): 4 left
5 entries of size 20, Compact(0.2): 4 left
4 entries of size 25, Compact(0.25): 3 left
EXPECTED
