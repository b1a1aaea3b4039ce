#!/usr/bin/env bash
# Publishes the gateway in Release into publish/. Further arguments go to dotnet publish (--self-contained, -r linux-arm64 …).
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_dotnet
rm -rf "$root/publish"
dotnet publish "$gateway_project" -c Release --nologo -o "$root/publish" "$@"
say "Published. Start it with: dotnet $root/publish/llamagate.dll"
