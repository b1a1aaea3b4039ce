#!/usr/bin/env bash
# Builds and starts an Ollama stand-in and the gateway with a key, lets a page of another origin call it in a real Chromium, ends both.
# The last line is "N passed, N failed".
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"

results=$root/artifacts/browser
emulator_pid='' gateway_pid=''

# Ends what this script started, and nothing else.
stop() {
  local pid
  for pid in $gateway_pid $emulator_pid; do
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
trap stop EXIT

fail() { # fail WHAT [LOG]
  say "$1"
  [ -z "${2-}" ] || tail -n 20 "$2"
  say '0 passed, 1 failed'
  exit 1
}

require_command node
require_command npm
require_command curl
if [ -z "${CHROMIUM-}" ]; then
  CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    fail 'There is no Chromium: install it, or say in CHROMIUM where it is.'
fi
mkdir -p "$results"
build_release "$emulator_project"
build_release "$gateway_project"
(cd "$here" && npm ci --no-audit --no-fund --loglevel=error) || fail 'npm ci failed.'

ollama_port=$(free_port "${OLLAMA_PORT:-21634}")
dotnet "$emulator_dll" --demo --port "$ollama_port" </dev/null >"$results/emulator.log" 2>&1 &
emulator_pid=$!
wait_healthy "http://127.0.0.1:$ollama_port/api/version" "$emulator_pid" ||
  fail 'The Ollama stand-in did not start.' "$results/emulator.log"

port=$(free_port "${PORT:-18380}")
export API_KEY=sk-browser-test
# From a directory without an .env file: the gateway must have these settings and no others.
(cd "$results" && exec env OLLAMA_HOST="http://127.0.0.1:$ollama_port" PORT="$port" LISTEN_ADDRESS=127.0.0.1 RATE_LIMIT_RPS=100 \
  LOG_FILE='' MAX_BODY_MB=1 CORS_ORIGINS='' dotnet "$gateway_dll" </dev/null >"$results/gateway.log" 2>&1) &
gateway_pid=$!
wait_healthy "http://127.0.0.1:$port/health" "$gateway_pid" || fail 'The gateway did not start.' "$results/gateway.log"

export GATEWAY_URL=http://127.0.0.1:$port CHROMIUM
timeout 300 node "$here/browser.mjs"
