#!/usr/bin/env bash
# The pages /admin and / in a real Chromium: first alone, before a made-up API, then with the gateway in front of an Ollama stand-in.
# The last line is "N passed, N failed". Pictures go to artifacts/admin-page.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"

results=$root/artifacts/admin-page

fail() {
  say "$1"
  say '0 passed, 1 failed'
  exit 1
}

require_command node
require_command npm
if [ -z "${CHROMIUM-}" ]; then
  CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    fail 'There is no Chromium: install it, or say in CHROMIUM where it is.'
fi
mkdir -p "$results"
build_release "$emulator_project"
build_release "$gateway_project"
install_node_modules "$here" || fail 'npm ci failed.'

export CHROMIUM SCREENSHOTS=$results GATEWAY_DLL=$gateway_dll EMULATOR_DLL=$emulator_dll
cd "$here"
summary=$(mktemp)
trap 'rm -f "$summary"' EXIT
code=0
# One file after the other: each has a browser of its own.
timeout 900 node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=tap --test-reporter-destination="$summary" ./*.test.mjs || code=$?
counted() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$summary" | tail -n 1; }
passed=$(counted pass)
failed=$(counted fail)
[ "$code" -eq 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1
say "${passed:-0} passed, ${failed:-1} failed"
[ "${failed:-1}" -eq 0 ]
