#!/usr/bin/env bash
# .NET SDK 10.0.401, runtime packs 10.0.12: PublishReadyToRunCompositeRoots names the assemblies that are compiled whole into a composite
# image; of the others the image holds what those call. A publish of an application that uses it ends with NETSDK1152, because each of the
# other assemblies is published twice: as it was, and as it is in the image. Without the roots, or when the originals (items of
# _ReadyToRunCompositeUnrootedBuildInput) are taken out of ResolvedFileToPublish, the same application is published and runs.
# It matters to anyone who wants a smaller image: the only switch for it does not work by itself.
# Output seen on 2026-11-30:
#   without roots: published
#   with roots: NETSDK1152, Newtonsoft.Json.dll twice
#   with roots, originals taken out: published, prints {"a":1}
# Exits 0 while this is so, 1 when it has changed. Needs the .NET SDK 10.0.4xx and a package source; works in a temporary folder.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat > global.json <<'JSON'
{ "sdk": { "version": "10.0.400", "rollForward": "latestPatch" } }
JSON

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <SelfContained>true</SelfContained>
    <PublishReadyToRun>true</PublishReadyToRun>
    <PublishReadyToRunComposite>true</PublishReadyToRunComposite>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="[13.0.4]" />
  </ItemGroup>
  <ItemGroup Condition="'$(Roots)' == 'true'">
    <PublishReadyToRunCompositeRoots Include="System.Private.CoreLib.dll;finding.dll" />
  </ItemGroup>
  <Target Name="TakeOriginalsOut" AfterTargets="CreateReadyToRunImages" Condition="'$(TakeOut)' == 'true'">
    <ItemGroup>
      <ResolvedFileToPublish Remove="@(_ReadyToRunCompositeUnrootedBuildInput)" />
    </ItemGroup>
  </Target>
</Project>
XML

cat > Program.cs <<'CSHARP'
Console.WriteLine(Newtonsoft.Json.JsonConvert.SerializeObject(new Dictionary<string, int> { ["a"] = 1 }));
CSHARP

# try_publish PROPERTY…: into published/, with its messages in log.
try_publish() {
  rm -rf obj bin published
  dotnet publish -c Release -o published --nologo "$@" >log 2>&1
}

changed=0
if try_publish; then
  echo 'without roots: published'
else
  echo 'without roots: not published'
  changed=1
fi

if try_publish -p:Roots=true; then
  echo 'with roots: published'
  changed=1
elif grep -q 'NETSDK1152.*Newtonsoft.Json.dll.*R2R/Newtonsoft.Json.dll' log; then
  echo 'with roots: NETSDK1152, Newtonsoft.Json.dll twice'
else
  echo 'with roots: another error'
  changed=1
fi

if try_publish -p:Roots=true -p:TakeOut=true && [ "$(./published/finding)" = '{"a":1}' ]; then
  echo "with roots, originals taken out: published, prints $(./published/finding)"
else
  echo 'with roots, originals taken out: does not work'
  changed=1
fi
exit "$changed"
