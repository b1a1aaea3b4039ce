#!/usr/bin/env bash
# Asks the package source for known vulnerabilities of every restored package. Exit code 1 when there is one.
# A source without such data knows of none, which proves nothing: so it is also asked for a package that is known to be bad.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../unix/lib.sh"

require_dotnet
require_command jq
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# An advisory that Directory.Build.props suppresses, with its reason, is accepted: the list command does not know of that.
accepted=$(sed -n 's/.*NuGetAuditSuppress Include="\([^"]*\)".*/\1/p' "$root/Directory.Build.props" | jq -R . | jq -s .)

# vulnerable PROJECT: a line for each vulnerable package.
vulnerable() {
  dotnet list "$1" package --vulnerable --include-transitive --format json >"$work/report.json" ||
    die "dotnet list package failed: $(cat "$work/report.json")"
  jq -r --argjson accepted "$accepted" '[.projects[]?.frameworks[]? | (.topLevelPackages // []) + (.transitivePackages // []) | .[]
    | .vulnerabilities |= map(select(.advisoryurl | IN($accepted[]) | not)) | select(.vulnerabilities != [])
    | "\(.id) \(.resolvedVersion): \([.vulnerabilities[] | "\(.severity) \(.advisoryurl)"] | join(", "))"] | unique[]' "$work/report.json"
}

# GHSA-5crp-9r3c-p9vr. It is only restored, never used.
cat >"$work/canary.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="12.0.3" />
  </ItemGroup>
</Project>
XML

found=$(vulnerable "$root/LlamaGate.sln")
(cd "$work" && dotnet restore canary.csproj --nologo -v quiet) || die "The package that is known to be bad could not be restored."
known=$(vulnerable "$work/canary.csproj")
if [ -n "$known" ]; then
  say "The package source has data on vulnerabilities: it knows of $known"
else
  say "The package source has no data on vulnerabilities: it does not know of Newtonsoft.Json 12.0.3. What follows proves nothing."
fi

if [ -n "$found" ]; then
  die "$found"
fi
say "No restored package is known to be vulnerable, but for what is accepted: $(jq -r 'join(", ")' <<<"$accepted")"
