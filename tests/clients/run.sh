#!/usr/bin/env bash
# Runs the official Node clients against gateways in front of the emulator. The last line is "N passed, N failed".
#   run.sh [CONFIGURATION]    Release (default) or Debug
#   SKIP_BUILD=1              takes the builds that are there
#   TEST_FILES='a b'          which files; all by default
#   EMULATOR_PORT, GATEWAY_PORT, STRICT_PORT   fixed ports instead of free ones
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/unix/lib.sh"

clients=$root/tests/clients
configuration=${1:-Release}
gateway_dll=$gateway_project/bin/$configuration/net10.0/llamagate.dll
emulator_dll=$emulator_project/bin/$configuration/net10.0/ollama-emulator.dll
most_seconds=240
work=$(mktemp -d)
pids=()
passed=0 failed=0

# However it ends: the servers are stopped, and the last line tells the result; a run without one is a failed one.
finish() {
  local pid
  for pid in "${pids[@]}"; do
    kill -TERM "$pid" 2>/dev/null || true
  done
  for pid in "${pids[@]}"; do
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
  [ "$((passed + failed))" -gt 0 ] || failed=1
  say "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Three that are free now. They are held open together so that they differ, and the system chooses them so that two
# runs at the same time do not meet.
free_ports() {
  node -e '
    const { createServer } = require("node:net");
    const servers = [1, 2, 3].map(() => createServer().listen(0, "127.0.0.1"));
    Promise.all(servers.map((server) => new Promise((done) => server.once("listening", done)))).then(() => {
      console.log(servers.map((server) => server.address().port).join(" "));
      servers.forEach((server) => server.close());
    });'
}

# start NAME HEALTH_URL COMMAND…: runs in an empty directory, because the gateway reads .env from where it stands.
start() {
  local name=$1 url=$2
  shift 2
  (cd "$work" && exec "$@") >"$work/$name.log" 2>&1 &
  pids+=($!)
  if ! wait_healthy "$url" "$!"; then
    cat "$work/$name.log" >&2
    die "The $name does not answer at $url."
  fi
}

# counted WORD: what node's summary says of it; 0 when it has none.
counted() {
  local number
  number=$(sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$work/summary" 2>/dev/null | tail -n 1)
  say "${number:-0}"
}

require_dotnet
require_command node
require_command npm
require_command curl
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 11) ? 0 : 1)' ||
  die "Node 20.11 or later is needed; this is $(node --version)."
cd "$clients"

install_node_modules .

if [ -z "${SKIP_BUILD:-}" ]; then
  for project in "$gateway_project" "$emulator_project"; do
    say "Building $(basename "$project") …"
    dotnet build "$project" -c "$configuration" --nologo -v quiet
  done
fi

ports=$(free_ports)
read -r free_a free_b free_c <<<"$ports"
emulator_port=${EMULATOR_PORT:-$free_a}
gateway_port=${GATEWAY_PORT:-$free_b}
strict_port=${STRICT_PORT:-$free_c}
export EMULATOR_URL=http://127.0.0.1:$emulator_port
export GATEWAY_URL=http://127.0.0.1:$gateway_port
export STRICT_GATEWAY_URL=http://127.0.0.1:$strict_port
export GATEWAY_KEY=sk-clients

start emulator "$EMULATOR_URL/api/version" dotnet "$emulator_dll" --demo --port "$emulator_port"
start gateway "$GATEWAY_URL/health" env OLLAMA_HOST="$EMULATOR_URL" PORT="$gateway_port" API_KEY="$GATEWAY_KEY" \
  RATE_LIMIT_RPS=100000 MODEL_ALIASES=gpt-4o-mini=demo:latest,text-embedding-ada-002=demo-embed:latest \
  dotnet "$gateway_dll"
start 'strict gateway' "$STRICT_GATEWAY_URL/health" env OLLAMA_HOST="$EMULATOR_URL" PORT="$strict_port" API_KEY= \
  RATE_LIMIT_RPS=2 TIMEOUT=1s dotnet "$gateway_dll"

if [ -n "${TEST_FILES:-}" ]; then
  read -r -a files <<<"$TEST_FILES"
else
  files=(*.test.mjs)
fi

# The clients would take a key, an address or a proxy from the environment.
code=0
env -u ANTHROPIC_API_KEY -u ANTHROPIC_AUTH_TOKEN -u ANTHROPIC_BASE_URL -u OPENAI_API_KEY -u OPENAI_ADMIN_KEY -u OPENAI_BASE_URL -u OPENAI_ORG_ID -u OPENAI_PROJECT_ID \
  -u HTTP_PROXY -u HTTPS_PROXY -u http_proxy -u https_proxy \
  timeout "$most_seconds" node --test --test-timeout=60000 \
  --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=tap --test-reporter-destination="$work/summary" "${files[@]}" || code=$?
passed=$(counted pass)
failed=$(($(counted fail) + $(counted cancelled)))
[ "$code" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
if [ "$failed" -gt 0 ]; then
  say '--- The last lines of the gateway:'
  tail -n 20 "$work/gateway.log" | cut -c 1-300
fi
