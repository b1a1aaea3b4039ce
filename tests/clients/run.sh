#!/usr/bin/env bash
# Runs the official Node clients against a gateway in front of the emulator, and ends with "N passed, N failed".
#   run.sh [CONFIGURATION]   Release (default) or Debug
#   SKIP_BUILD=1             takes the builds that are there
#   EMULATOR_PORT, GATEWAY_PORT, STRICT_PORT   fixed ports instead of free ones
#   TEST_FILES               which files, e.g. "openai-errors.test.mjs"; all by default
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
configuration=${1:-${CONFIGURATION:-Release}}
readonly here root configuration
readonly start_seconds=60 run_seconds=240
work=$(mktemp -d)
pids=()

stop_all() {
  local pid
  for pid in "${pids[@]}"; do
    kill -TERM "$pid" 2>/dev/null || true
  done
  for pid in "${pids[@]}"; do
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  echo "clients: $1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

# Three that are free now, held open together so that they differ.
free_ports() {
  node -e '
    const net = require("node:net");
    const open = () => new Promise(done => { const s = net.createServer().listen(0, "127.0.0.1", () => done(s)); });
    Promise.all([open(), open(), open()]).then(all => {
      console.log(all.map(s => s.address().port).join(" "));
      all.forEach(s => s.close());
    });'
}

# start NAME COMMAND...: in the background, in an empty directory (the gateway reads .env from where it stands).
start() {
  local name=$1
  shift
  (cd "$work" && exec "$@" >"$work/$name.log" 2>&1) &
  pids+=($!)
}

# await NAME PID URL
await() {
  local name=$1 pid=$2 url=$3 deadline=$((SECONDS + start_seconds))
  until curl --silent --fail --max-time 2 --output /dev/null "$url"; do
    if ! kill -0 "$pid" 2>/dev/null || ((SECONDS >= deadline)); then
      cat "$work/$name.log" >&2
      fail "the $name did not answer at $url"
    fi
    sleep 0.1
  done
}

cd "$here"
if [[ ! -d node_modules || package-lock.json -nt node_modules/.package-lock.json ]]; then
  npm ci --no-audit --no-fund --loglevel=error || fail "npm ci failed"
fi

if [[ -z ${SKIP_BUILD:-} ]]; then
  for project in src/LlamaGate.Api tests/LlamaGate.OllamaEmulator; do
    dotnet build "$root/$project" --configuration "$configuration" --nologo --verbosity quiet ||
      fail "$project does not build"
  done
fi

gateway=$root/src/LlamaGate.Api/bin/$configuration/net10.0/llamagate.dll
emulator=$root/tests/LlamaGate.OllamaEmulator/bin/$configuration/net10.0/ollama-emulator.dll
for file in "$gateway" "$emulator"; do
  [[ -f $file ]] || fail "$file is not there; build it or leave SKIP_BUILD unset"
done

ports=$(free_ports)
read -r port_a port_b port_c <<<"$ports"
emulator_port=${EMULATOR_PORT:-$port_a}
gateway_port=${GATEWAY_PORT:-$port_b}
strict_port=${STRICT_PORT:-$port_c}

export EMULATOR_URL=http://127.0.0.1:$emulator_port
export GATEWAY_URL=http://127.0.0.1:$gateway_port
export STRICT_GATEWAY_URL=http://127.0.0.1:$strict_port
export GATEWAY_KEY=clients-test-key
aliases=gpt-4o-mini=demo:latest,text-embedding-ada-002=demo-embed:latest

start emulator dotnet "$emulator" --demo --port "$emulator_port"
start gateway env OLLAMA_HOST="$EMULATOR_URL" PORT="$gateway_port" API_KEY="$GATEWAY_KEY" RATE_LIMIT_RPS=100000 \
  MODEL_ALIASES="$aliases" dotnet "$gateway"
# Two requests per second and no patience.
start strict-gateway env OLLAMA_HOST="$EMULATOR_URL" PORT="$strict_port" API_KEY= RATE_LIMIT_RPS=2 TIMEOUT=1s \
  dotnet "$gateway"
await emulator "${pids[0]}" "$EMULATOR_URL/api/version"
await gateway "${pids[1]}" "$GATEWAY_URL/health"
await strict-gateway "${pids[2]}" "$STRICT_GATEWAY_URL/health"

if [[ -n ${TEST_FILES:-} ]]; then
  read -r -a files <<<"$TEST_FILES"
else
  files=(*.test.mjs)
fi

# The SDKs would take a key, an address or a proxy from the caller's environment.
status=0
env -u OPENAI_API_KEY -u OPENAI_BASE_URL -u OPENAI_ORG_ID -u OPENAI_PROJECT_ID \
  -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY \
  timeout "$run_seconds" node --test --test-timeout=60000 \
  --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=tap --test-reporter-destination="$work/tap" "${files[@]}" || status=$?

# count WORD: what node's summary says of it; 0 when it has none.
count() {
  local number
  number=$(sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$work/tap" 2>/dev/null | tail -n 1)
  echo "${number:-0}"
}
passed=$(count pass)
failed=$(($(count fail) + $(count cancelled)))
if ((passed == 0 || (status != 0 && failed == 0))); then
  failed=$((failed + 1))
fi
if ((failed > 0)); then
  echo "--- the gateway's last lines"
  tail -n 20 "$work/gateway.log" | cut -c 1-300
fi
echo "$passed passed, $failed failed"
((failed == 0))
