#!/usr/bin/env bash
# Builds and starts the gateway: against your Ollama, or, with --demo, against a stand-in that needs no model.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=scripts/unix/sharing.sh
. "$root/scripts/unix/sharing.sh"

usage() {
  cat <<'TEXT'
run.sh [--demo [--once]]
  (nothing)  start the gateway against OLLAMA_HOST (environment, .env, otherwise http://localhost:11434)
  --demo     start an Ollama stand-in and the gateway, make one plain and one streamed call, let two people share a model, stay up
  --once     with --demo: end after these calls
Every setting is a variable: see docs/configuration.md, or llamagate --help.
TEXT
}

start_gateway() {
  require_command curl
  build_release "$gateway_project"
  local ollama
  # Complaints about the configuration go to stderr from the gateway itself.
  ollama=$(setting OLLAMA_HOST) || exit 1
  if answers "$ollama/api/version"; then
    say "Ollama answers at $ollama."
  else
    cat <<TEXT
No Ollama answers at $ollama. The gateway starts anyway, and connects as soon as Ollama is up. To continue, either
  - install Ollama (https://ollama.com/download) and run: ollama serve
  - or set its address: OLLAMA_HOST=http://other-machine:11434 $0
  - or try the gateway without Ollama: $0 --demo
TEXT
  fi
  say "Starting the gateway; Ctrl-C stops it."
  cd "$root"
  exec dotnet "$gateway_dll"
}

emulator_pid='' gateway_pid='' team_ollama_pid='' team_pid='' traffic_pid=''

# Ends what this script started, gateways before stand-ins: their running requests may finish.
stop_demo() {
  local pid
  [ -z "$traffic_pid" ] || kill -TERM -- "-$traffic_pid" 2>/dev/null || true
  for pid in $team_pid $gateway_pid $team_ollama_pid $emulator_pid; do
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  emulator_pid='' gateway_pid='' team_ollama_pid='' team_pid='' traffic_pid=''
}

# begin VARIABLE LOG DLL [ARGUMENT…]: in the background, with the process id in the variable. Job control gives each a process group of its
# own: Ctrl-C reaches this script only, which then ends them in order.
begin() {
  local variable=$1 log=$logs/$2.log
  shift 2
  set -m
  dotnet "$@" </dev/null >"$log" 2>&1 &
  printf -v "$variable" %s "$!"
  set +m
}

interrupted() {
  say 'Stopping …'
  # Another signal must not leave anything running: it ends the requests that are waited for.
  trap hurry INT TERM
  exit "$1"
}

# hurry: the second signal of a gateway, which ends it at once.
hurry() {
  local pid
  for pid in $team_pid $gateway_pid $team_ollama_pid $emulator_pid; do
    kill -TERM "$pid" 2>/dev/null || true
  done
}

fail_demo() {
  say "$1 Its last words ($2):" >&2
  tail -n 20 "$2" >&2
  exit 1
}

# call BODY: one chat, with the key when there is one (through a descriptor, so that no process list shows it).
call() {
  curl --silent --show-error --no-buffer --fail-with-body --max-time 60 "$url/v1/chat/completions" \
    --header 'Content-Type: application/json' \
    --header @<(if [ -n "${API_KEY-}" ]; then printf 'Authorization: Bearer %s\n' "$API_KEY"; fi) \
    --data "$1"
}

demo() {
  require_command curl
  build_release "$emulator_project"
  build_release "$gateway_project"

  local logs=$root/artifacts/demo ollama_port port
  mkdir -p "$logs"
  trap stop_demo EXIT
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM

  cd "$root"
  ollama_port=$(free_port 11434)
  begin emulator_pid emulator "$emulator_dll" --demo --port "$ollama_port"
  wait_healthy "http://127.0.0.1:$ollama_port/api/version" "$emulator_pid" ||
    fail_demo "The Ollama stand-in did not start." "$logs/emulator.log"

  port=$(free_port "${PORT:-8080}")
  url=http://127.0.0.1:$port
  OLLAMA_HOST=http://127.0.0.1:$ollama_port PORT=$port LISTEN_ADDRESS=127.0.0.1 API_KEY=${API_KEY-} TLS_CERT='' TLS_KEY='' \
    begin gateway_pid gateway "$gateway_dll"
  wait_healthy "$url/health" "$gateway_pid" || fail_demo "The gateway did not start." "$logs/gateway.log"

  say "An Ollama stand-in (no model runs in it) listens on port $ollama_port, the gateway on $url."
  say ''
  say '--- a plain call:'
  call '{"model":"demo","messages":[{"role":"user","content":"Say hello"}]}'
  say ''
  say ''
  say '--- a streamed call:'
  call '{"model":"demo","stream":true,"messages":[{"role":"user","content":"Hello again"}]}'

  share_demo

  if [ "$once" = true ]; then
    stop_demo
    say '--- all calls were answered; the gateways and the stand-ins have ended.'
    return
  fi

  cat <<TEXT
--- up and running:
  API      $url/v1          models: demo, demo-thinking, demo-embed
  Swagger  $url/swagger
  Log      $logs/gateway.log
  Team     $team_url/admin   anna and ben continue to share the slow model; sign in with the key $admin_key
Ctrl-C stops the gateways and the stand-ins.
TEXT
  # A signal ends the wait at once, and the trap does the rest.
  wait "$gateway_pid" || true
  gateway_pid=''
  fail_demo "The gateway has ended." "$logs/gateway.log"
}

mode=gateway once=false
for argument in "$@"; do
  case $argument in
    --demo) mode=demo ;;
    --once) once=true ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) refuse "unknown argument '$argument'" ;;
  esac
done

if [ "$mode" = demo ]; then
  demo
elif [ "$once" = true ]; then
  refuse '--once needs --demo'
else
  start_gateway
fi
