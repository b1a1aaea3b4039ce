#!/usr/bin/env bash
# Runs real coding agents through the gateway, in a network of their own that reaches nothing else. As root, on Linux.
# CI does not run it: it installs 1 GB of packages. The last line is "N passed, N failed".
#   all.sh [AGENT…]     all by default; the names are in agents.sh
#   SKIP_BUILD=1        takes the Release builds that are there
#   MODULES=DIRECTORY   has the packages, or gets them; a directory to throw away by default
#   BUILDS=DIRECTORY    a tree whose builds are taken, for SKIP_BUILD=1
#   KEEP=1              leaves the logs and homes in the directory that the first line names
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$here/../checks.sh"
# shellcheck source=tests/agents/agents.sh
. "$here/agents.sh"

gateway_dll=${BUILDS:-$root}/src/LlamaGate.Api/bin/Release/net10.0/llamagate.dll
emulator_dll=${BUILDS:-$root}/tests/LlamaGate.OllamaEmulator/bin/Release/net10.0/ollama-emulator.dll

if [ "${1:-}" != --inside ]; then
  require_command npm
  require_command unshare
  require_command ip
  require_command node
  build_release "$gateway_project"
  build_release "$emulator_project"
  if [ -z "${MODULES:-}" ]; then
    MODULES=$(mktemp -d)
    trap 'rm -rf "$MODULES"' EXIT
  fi
  npm install --prefix "$MODULES" --save-exact --no-audit --no-fund --loglevel=error "${packages[@]}"
  MODULES=$MODULES unshare --net "$0" --inside "$@"
  exit
fi
shift
[ "$#" -eq 0 ] || agents=("$@")

ip link set lo up
work=$(mktemp -d)
out=$work/out
modules=$MODULES/node_modules
gateway=http://127.0.0.1:8080 emulator=http://127.0.0.1:11434 model=http://127.0.0.1:11435 key=sk-agents
pids=()

stop() {
  [ "${#pids[@]}" -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait
  [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap stop EXIT

# start NAME HEALTH_URL COMMAND…: in an empty directory, because the gateway reads .env from where it stands.
start() {
  local name=$1 url=$2
  shift 2
  (cd "$work" && exec "$@") >"$work/$name.log" 2>&1 &
  pids+=($!)
  wait_healthy "$url" "$!" || die "$(cat "$work/$name.log")"
}

# ask AGENT PROMPT: in an empty directory and home; what it prints is in $out.
ask() {
  home=$(mktemp -d "$work/home-$1-XXX")
  mkdir "$home/project"
  (cd "$home/project" && "ask_$1" "$2") >"$out" 2>&1 || say "exit code $?" >>"$out"
  [ -n "${KEEP:-}" ] || rm -rf "$home"
}

answered() { says "The $1 task is done."; }
# after_overflow AGENT: what it is known to do. docs/clients.md tells users.
after_overflow() {
  case $1 in
    codex) says 'ran out of room' ;;
    continue) says 'Context length exceeded' ;;
    # It asks again with less, and takes what the scripted model says to that.
    cline) says 'Its file is written.' ;;
    # In print mode pi ends without waiting for the answer to its second try.
    pi*) grep -qF "Done: overflow $work/$1-full.txt" "$work/model.log" ;;
    *) answered overflow ;;
  esac
}

# after_break AGENT: what it is known to do.
after_break() {
  case $1 in
    cline) says 'Connection lost: ' ;;
    *) answered "broken-$1" ;;
  esac
}

made() { is "$(cat "$1")" 'made by an agent'; }

say "Work: $work"
start emulator "$emulator/api/version" dotnet "$emulator_dll" --demo --port 11434
start model "$model/api/version" node "$here/model.mjs" 11435 "$emulator"
start gateway "$gateway/health" env OLLAMA_HOST="$model" PORT=8080 API_KEY="$key" RATE_LIMIT_RPS=1000 \
  MODEL_ALIASES=local=demo-thinking:latest,claude-local=demo-thinking:latest \
  MODEL_OPTIONS='{"demo*":{"num_ctx":65536}}' CACHE_ENABLED=false dotnet "$gateway_dll"

for agent in "${agents[@]}"; do
  ask "$agent" 'Task hello.'
  check "$agent: an answer" answered hello
  ask "$agent" "Task write $work/$agent.txt."
  check "$agent: a tool makes a file" made "$work/$agent.txt"
  check "$agent: and it ends with an answer" answered write
  ask "$agent" "Task overflow $work/$agent-full.txt."
  check "$agent: an overflow" after_overflow "$agent"
  ask "$agent" "Task broken-$agent."
  check "$agent: a broken stream" after_break "$agent"
done
grep -h '"error"' "$work/gateway.log" | cut -c 1-300 || true
result
