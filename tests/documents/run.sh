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

install_node_modules "$root/tests/clients"
install_node_modules "$root/tests/documents"

build_release "$gateway_project"
build_release "$emulator_project"
cd "$root"
node --test --test-reporter=dot tests/documents/*.test.mjs
exec node tests/documents/documents.mjs "$@"
