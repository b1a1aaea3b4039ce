#!/usr/bin/env bash
# Runs what the documents show: commands, programs, configurations. The last line is "N passed, N failed".
#   run.sh [DOCUMENT…]     all by default
#   SKIP_BUILD=1           takes the builds that are there
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/unix/lib.sh"

PATH=$PATH:/usr/sbin:/sbin
require_dotnet
for command in node npm curl jq python3 openssl nginx caddy logrotate systemd-analyze; do
  require_command "$command"
done

for suite in clients documents; do
  cd "$root/tests/$suite"
  if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error
  fi
done

build_release "$gateway_project"
build_release "$emulator_project"
node --test --test-reporter=dot ./*.test.mjs
cd "$root"
exec node tests/documents/documents.mjs "$@"
