#!/usr/bin/env bash
# Builds and starts an Ollama stand-in and the gateway with a key, drives Swagger UI in a real Chromium, ends both.
# The last line is "N passed, N failed". Pictures go to artifacts/swagger-ui.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"

results=$root/artifacts/swagger-ui
emulator_pid='' gateway_pid='' open_pid=''

# Ends what this script started, and nothing else.
stop() {
  local pid
  for pid in $gateway_pid $open_pid $emulator_pid; do
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
install_node_modules "$here" || fail 'npm ci failed.'

ollama_port=$(any_port)
dotnet "$emulator_dll" --demo --port "$ollama_port" </dev/null >"$results/emulator.log" 2>&1 &
emulator_pid=$!
wait_healthy "http://127.0.0.1:$ollama_port/api/version" "$emulator_pid" ||
  fail 'The Ollama stand-in did not start.' "$results/emulator.log"

# start_gateway NAME PORT KEY ADMIN_KEY: in the background. From a directory without an .env file: it must have these settings and no others.
start_gateway() {
  (cd "$results" && exec env OLLAMA_HOST="http://127.0.0.1:$ollama_port" PORT="$2" API_KEY="$3" ADMIN_KEY="$4" \
    LISTEN_ADDRESS=127.0.0.1 RATE_LIMIT_RPS=100 LOG_FILE='' dotnet "$gateway_dll" </dev/null >"$results/$1.log" 2>&1) &
}

port=$(any_port)
export API_KEY=sk-swagger-ui-test ADMIN_KEY=sk-swagger-ui-test-admin
start_gateway gateway "$port" "$API_KEY" "$ADMIN_KEY"
gateway_pid=$!
wait_healthy "http://127.0.0.1:$port/health" "$gateway_pid" || fail 'The gateway did not start.' "$results/gateway.log"

open_port=$(any_port)
start_gateway open "$open_port" '' ''
open_pid=$!
wait_healthy "http://127.0.0.1:$open_port/health" "$open_pid" || fail 'The gateway without keys did not start.' "$results/open.log"

export GATEWAY_URL=http://127.0.0.1:$port OPEN_URL=http://127.0.0.1:$open_port SCREENSHOTS=$results CHROMIUM
timeout 600 node "$here/swagger-ui.mjs"
