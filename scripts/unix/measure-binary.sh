#!/usr/bin/env bash
# Measures a published binary: its size, how long a start takes to the first 200 on /livez, memory when idle, the first chat.
# Prints a table for docs/single-binary.md. Needs Linux (/proc) and a model server, for example the emulator with --demo.
set -euo pipefail
# shellcheck source=scripts/unix/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

usage() {
  cat <<'TEXT'
measure-binary.sh [--runs N] [--ollama URL] [--model NAME] [BINARY]
  --runs     how many starts; each figure is their median; default 9
  --ollama   what answers the chats; default http://localhost:11434
  --model    the model to ask; default demo
  BINARY     default: publish/linux-x64/llamagate
Settings of .NET pass through: DOTNET_TieredPGO=0 scripts/unix/measure-binary.sh …
TEXT
}

runs=9 ollama=http://localhost:11434 model=demo binary=$root/publish/linux-x64/llamagate
while [ $# -gt 0 ]; do
  case $1 in
    --runs | --ollama | --model)
      [ -n "${2-}" ] || refuse "$1 needs a value"
      declare "${1#--}=$2"
      shift 2
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*) refuse "unknown argument '$1'" ;;
    *)
      binary=$1
      shift
      ;;
  esac
done
[ -x "$binary" ] || die "There is no binary $binary: run scripts/unix/build.sh first."
[ -r /proc/self/schedstat ] || die 'This measures through /proc, which is Linux.'
require_command curl

work=$(mktemp -d)
pid=''
clean_up() {
  [ -z "$pid" ] || { kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; } || true
  rm -rf "$work"
}
trap clean_up EXIT

now() { say "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

# cpu_ms: what the process has used so far, on all its threads.
cpu_ms() { cat "/proc/$pid/task/"*/schedstat 2>/dev/null | awk '{ sum += $1 } END { printf "%d\n", sum / 1000000 }'; }
resident_mb() { awk '/^VmRSS/ { printf "%d\n", $2 / 1024 }' "/proc/$pid/status"; }

# livez: one request through the shell's own sockets, so that no other program's start is in the figure.
livez() {
  local line
  { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
  printf 'GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  read -r line <&3 || true
  exec 3>&-
  [[ $line == *' 200 '* ]]
}

chat_ms() {
  curl --silent --fail --output /dev/null --write-out '%{time_total}' --max-time 60 "http://127.0.0.1:$port/v1/chat/completions" \
    --header 'Content-Type: application/json' --data '{"model":"'"$model"'","messages":[{"role":"user","content":"Say hello"}]}' |
    awk '{ printf "%d\n", $1 * 1000 + 0.5 }'
}

one_run() {
  local began tries=20000
  port=$(any_port)
  began=$(now)
  (cd "$work" && exec env OLLAMA_HOST="$ollama" PORT="$port" CACHE_ENABLED=false "$binary" </dev/null >/dev/null 2>&1) &
  pid=$!
  until livez; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ] || ! kill -0 "$pid" 2>/dev/null; then die 'The gateway did not start.'; fi
    sleep 0.002
  done
  say "$(($(now) - began))" >>"$work/start"
  cpu_ms >>"$work/start-cpu"
  # What it still does on its own after the first answer is part of being idle.
  sleep 2
  resident_mb >>"$work/idle"
  chat_ms >>"$work/first-chat"
  chat_ms >>"$work/second-chat"
  kill -TERM "$pid"
  wait "$pid" || die 'The gateway did not end with 0.'
  pid=''
}

median() { sort -n "$work/$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

for ((run = 0; run < runs; run++)); do
  one_run
done

say '| figure | median |'
say '|---|---|'
say "| size | $(($(stat -c %s "$binary") / 1000000)) MB |"
say "| start to first 200 on /livez | $(median start) ms |"
say "| of it CPU | $(median start-cpu) ms |"
say "| resident memory, idle | $(median idle) MB |"
say "| first chat | $(median first-chat) ms |"
say "| second chat | $(median second-chat) ms |"
say ''
say "$runs runs, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(date -u +%F)"
