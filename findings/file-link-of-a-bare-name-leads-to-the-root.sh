#!/usr/bin/env bash
# .NET 10.0.12, File.ResolveLinkTarget and Directory.ResolveLinkTarget on Linux: when a symbolic link with a relative target is given by its
# name alone, as in "link.txt", the result is the target in the root directory, "/real.txt". The same link given as "./link.txt", by its whole
# path, or as new FileInfo("link.txt").ResolveLinkTarget(…) leads to its own directory, as the documentation says.
# It matters to code that writes to where a link leads, so that the link stays one: with a bare name from a setting or a command line it writes
# to another file, or to none.
# Output seen on 2026-12-01:
#   File, bare name: /real.txt
#   File, ./: FOLDER/real.txt
#   FileInfo, bare name: FOLDER/real.txt
#   Directory, bare name: /real
# Exits 0 while it is so, else 1. Needs a .NET 10 SDK; works in a temporary folder.
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
var folder = Directory.GetCurrentDirectory();
File.WriteAllText("real.txt", "");
File.CreateSymbolicLink("link.txt", "real.txt");
Directory.CreateDirectory("real");
Directory.CreateSymbolicLink("link", "real");

Show("File, bare name", File.ResolveLinkTarget("link.txt", returnFinalTarget: true));
Show("File, ./", File.ResolveLinkTarget("./link.txt", returnFinalTarget: true));
Show("FileInfo, bare name", new FileInfo("link.txt").ResolveLinkTarget(returnFinalTarget: true));
Show("Directory, bare name", Directory.ResolveLinkTarget("link", returnFinalTarget: true));

void Show(string how, FileSystemInfo? target) => Console.WriteLine($"{how}: {target?.FullName.Replace(folder, "FOLDER")}");
CSHARP

dotnet run --nologo -v quiet > seen.txt
cat seen.txt
cat > expected.txt <<'TEXT'
File, bare name: /real.txt
File, ./: FOLDER/real.txt
FileInfo, bare name: FOLDER/real.txt
Directory, bare name: /real
TEXT
cmp -s seen.txt expected.txt
