#!/usr/bin/env bash
# Packs what build.sh has published into artifacts/release: an archive for each runtime, the bill of materials, checksums.
#   release.sh [--tag vVERSION] RUNTIME…    such as linux-x64 linux-arm64 win-x64 osx-arm64
# The same files give the same archives. With --tag, the tag must name the version of Directory.Build.props.
#   PUBLISHED, RELEASE    other directories than publish and artifacts/release
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

version=$(product_version)
published=${PUBLISHED:-$root/publish}
release=${RELEASE:-$root/artifacts/release}

# pack RUNTIME: one directory with the program and what has to go with it.
pack() {
  local name=llamagate-$version-$1 program=llamagate
  case $1 in win-*) program=llamagate.exe ;; esac
  local from=$published/$1/$program directory=$work/$name
  [ -f "$from" ] || die "$from is missing: run scripts/unix/build.sh for $1 first."
  mkdir "$directory"
  install -m 755 "$from" "$directory/$program"
  install -m 644 "$root/LICENSE" "$root/THIRD-PARTY-NOTICES.txt" "$root/.env.example" "$directory/"
  install -m 644 "$notices" "$directory/ThirdPartyNotices.txt"
  find "$directory" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
  case $1 in
    win-*) (cd "$work" && find "$name" -type f | LC_ALL=C sort | TZ=UTC zip -q -X "$release/$name.zip" -@) ;;
    *) tar --directory "$work" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -cf - "$name" |
      gzip -n -9 >"$release/$name.tar.gz" ;;
  esac
}

if [ "${1-}" = --tag ]; then
  [ "$2" = "v$version" ] || die "The tag is $2, but Directory.Build.props says $version."
  shift 2
fi
[ $# -gt 0 ] || die "Which runtimes? release.sh linux-x64 linux-arm64 win-x64 osx-arm64"

for command in node zip tar gzip sha256sum; do
  require_command "$command"
done
require_dotnet
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
notices=$(cd "$root" && dotnet msbuild "$gateway_project" -getProperty:NetCoreRoot)/ThirdPartyNotices.txt
runtime=$(cd "$root" && dotnet msbuild "$gateway_project" -getProperty:BundledNETCoreAppPackageVersion)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$release"
mkdir -p "$release"

for rid in "$@"; do
  pack "$rid"
done
install -m 644 "$root/THIRD-PARTY-NOTICES.txt" "$release/"
node "$root/scripts/supply-chain/sbom.mjs" --runtime "$runtime" >"$release/llamagate-$version.cdx.json"
(cd "$release" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
say "Packed into $release:"
cat "$release/SHA256SUMS"
