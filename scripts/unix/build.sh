#!/usr/bin/env bash
# Publishes the gateway as one file that needs no .NET on its machine: publish/<rid>/llamagate, and nothing beside it.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

usage() {
  cat <<'TEXT'
build.sh [--rid RID]
  --rid   the system it is for: linux-x64, linux-arm64, osx-arm64, win-x64 …; default: this machine's
TEXT
}

rid=''
while [ $# -gt 0 ]; do
  case $1 in
    --rid)
      [ -n "${2-}" ] || refuse '--rid needs a value'
      rid=$2
      shift 2
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) refuse "unknown argument '$1'" ;;
  esac
done

# this_rid: what .NET calls this machine, by its own word.
this_rid() { (cd "$root" && dotnet --info) | sed -n 's/^ *RID: *//p' | head -n 1; }

require_dotnet
rid=${rid:-$(this_rid)}
[[ $rid =~ ^[a-z0-9.-]+$ ]] || die "'$rid' is not the name of a system, like linux-x64."
output=$root/publish/$rid

# Into a directory of its own first, so that a build that fails leaves what is there.
fresh=$output.new
rm -rf "$fresh"
dotnet publish "$gateway_project" -p:PublishProfile=SingleFile -r "$rid" -o "$fresh" --nologo -v quiet
rm -rf "$output"
mv "$fresh" "$output"

case $rid in
  win-*) say "Published: $output/llamagate.exe" ;;
  *) say "Published: $output/llamagate" ;;
esac
