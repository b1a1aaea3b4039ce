#!/usr/bin/env bash
# Publishes the single file for this machine as scripts/unix/build.sh does, and uses it as somebody would who got it alone:
# in an empty directory, without .NET on the PATH. The last line is "N passed, N failed". BINARY=FILE takes that one instead.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$here/../checks.sh"
# shellcheck source=tests/chats.sh
. "$here/../chats.sh"

work=$(mktemp -d)
out=$work/out
emulator_pid='' gateway_pid=''

# Ends what this script started, and nothing else.
clean_up() {
  local pid
  for pid in $stream_pid $gateway_pid $emulator_pid; do
    kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
  done
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# alone COMMAND…: in place of this (sub)shell, with nothing of its environment and nothing of .NET's to find.
alone() { cd "$work/empty" && exec env -i PATH=/nowhere HOME="$work/home" TMPDIR="$work/tmp" "$@"; }

require_command curl
require_command node
build_release "$emulator_project"

binary=${BINARY:-}
if [ -z "$binary" ]; then
  "$root/scripts/unix/build.sh" >"$out" 2>&1
  code=$?
  check 'build.sh ends with 0' is "$code" 0
  binary=$(sed -n 's/^Published: //p' "$out")
  check 'what it resolved for this system is what is locked' node "$root/scripts/supply-chain/locked.mjs"
fi
check 'the binary is where build.sh says' test -x "$binary"
if [ ! -x "$binary" ]; then
  result
  exit
fi
check 'no file is beside it' is "$(ls -A "$(dirname "$binary")")" llamagate
"$root/scripts/unix/build.sh" --rid nonsense-os >"$out" 2>&1
check 'it refuses a system that does not exist' not is "$?" 0
check 'and leaves nothing of it' test ! -e "$root/publish/nonsense-os"
rm -rf "$root/publish/nonsense-os.new"

mkdir "$work/empty" "$work/home" "$work/tmp"
cp "$binary" "$work/empty/llamagate"
check '--version' is "$(alone ./llamagate --version 2>&1)" "llamagate $(product_version)"
check '--check-config shows the defaults' is "$(alone ./llamagate --check-config | sed -n 's/^  PORT  *//p')" 8080

port=$(any_port)
dotnet "$emulator_dll" --demo --port "$port" </dev/null >"$work/emulator.log" 2>&1 &
emulator_pid=$!
check 'the Ollama stand-in starts' wait_healthy "http://127.0.0.1:$port/api/version" "$emulator_pid"
ollama=http://127.0.0.1:$port
port=$(any_port)
url=http://127.0.0.1:$port
log=$work/gate.log

alone OLLAMA_HOST="$ollama" PORT="$port" LOG_FILE="$log" ./llamagate </dev/null >"$work/stdout" 2>"$work/stderr" &
gateway_pid=$!
check 'the gateway starts from an empty directory' wait_healthy "$url/livez" "$gateway_pid"
check 'it finds Ollama' curl --silent --fail --max-time 60 "$url/health"
check 'it describes its API' curl --silent --fail --max-time 60 --output /dev/null "$url/swagger/v1/swagger.json"
check 'it answers a chat' chat demo false
[ ! -r "/proc/$gateway_pid/maps" ] || check 'without DATA_DIR it loads no SQLite' not grep -q e_sqlite3 "/proc/$gateway_pid/maps"
check 'it unpacks nothing' is "$(find "$work/home" "$work/tmp" -type f)" ''
check 'it writes nothing beside itself' is "$(ls -A "$work/empty")" llamagate

# Somebody takes the log away, as logrotate does. The gateway looks once a second.
mv "$log" "$log.1"
check 'a log file that was moved away is made anew' eventually logs_a_chat
check 'for its owner only' is "$(stat -c %a "$log" 2>/dev/null || stat -f %Lp "$log")" 600

begin_stream 2
kill -TERM "$gateway_pid"
check 'it outlives SIGTERM, up to its end' stream_ends_well
wait "$gateway_pid"
code=$?
gateway_pid=''
check 'then the process ends with 0' is "$code" 0
check 'in order' grep -q 'LlamaGate has stopped' "$log"
check 'without a word on stderr' is "$(cat "$work/stderr")" ''

# The accounts: SQLite's library is inside, and HOME and the place for temporary files cannot be used.
data=$work/data/accounts
homeless() { cd "$work/empty" && exec env -i PATH=/nowhere HOME=/nowhere TMPDIR=/nowhere "$@"; }
homeless OLLAMA_HOST="$ollama" PORT="$port" DATA_DIR="$data" ./llamagate </dev/null >"$work/stdout" 2>"$work/stderr" &
gateway_pid=$!
check 'with DATA_DIR and without a HOME it starts' wait_healthy "$url/livez" "$gateway_pid"
check 'it answers a chat' chat demo false
keeps_accounts() { [ -s "$data/usage.db" ] && grep -q 'Accounts are kept in ' "$work/stdout"; }
check 'it keeps accounts' eventually keeps_accounts
accounts_are_well() { curl --silent --max-time 60 "$url/readyz?verbose" | grep -qF '"accounts":{"pending":0,"lag":0,"lost":0}'; }
check 'and says that all is well with them' eventually accounts_are_well
# usage_of_chat: key,calls,tokens_in,…, and a row with one call that used tokens.
usage_of_chat() {
  (homeless ./llamagate usage --data-dir "$data" --format csv) | tr -d '\r' >"$work/usage" 2>>"$out" &&
    grep -q '^key,calls,tokens_in,tokens_out,gpu_seconds,' "$work/usage" && grep -Eq '^[^,]+,1,[1-9][0-9]*,[1-9][0-9]*,' "$work/usage"
}
check 'llamagate usage shows the chat meanwhile' eventually usage_of_chat
others=$(find "$work/data" -type f -perm /077; find "$work/data/accounts" -type d -perm /077)
check 'nobody else can read them' is "$others" ''
kill -TERM "$gateway_pid"
wait "$gateway_pid"
code=$?
gateway_pid=''
check 'it ends with 0' is "$code" 0
left=$(find "$data" -type f | sed 's|.*/||; s/-[0-9a-f]*\./-HASH./' | LC_ALL=C sort | tr '\n' ' ')
check 'and leaves the library, the file and the lock' is "${left/.dylib/.so}" 'libe_sqlite3-HASH.so usage.db usage.lock '
check 'nothing is written beside the binary' is "$(ls -A "$work/empty")" llamagate

# The script behind docs/single-binary.md still measures.
"$root/scripts/unix/measure-binary.sh" --runs 1 --ollama "$ollama" "$binary" >"$out" 2>&1
code=$?
check 'measure-binary.sh measures' is "$code" 0
check 'and prints its table' grep -Eq '^\| first chat \| [0-9]+ ms \|' "$out"

result
