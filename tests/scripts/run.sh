#!/usr/bin/env bash
# Runs the scripts of scripts/unix as a person would and looks at what they print and how they end.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$here/../checks.sh"
# shellcheck source=tests/scripts/testing.sh
. "$here/testing.sh"
scripts=$root/scripts/unix
work=$(mktemp -d)
out=$work/out
started=''

# However it ends: what was started is stopped.
clean_up() {
  [ -z "$started" ] || kill -TERM -- "-$started" 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Nothing of this shell's own settings, and a port that nobody uses.
unset API_KEY OLLAMA_HOST LISTEN_ADDRESS DEBUG LOG_FILE BINARY
PORT=$(any_port)
export PORT

# until_says TEXT: waits for a script in the background to print it. Up to 3 min: it may build first, on a busy machine.
until_says() {
  local tries=900
  until says "$1"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.2
  done
}

# start COMMAND…: in a process group of its own, as a terminal would, so that Ctrl-C can be sent to it.
start() {
  set -m
  "$@" >"$out" 2>&1 &
  started=$!
  set +m
}

stop() { # stop SIGNAL: to the whole group, as a terminal does
  kill "-$1" -- "-$started" 2>/dev/null
  wait "$started" 2>/dev/null
  code=$?
  started=''
}

is_url() { [[ $1 =~ ^http://127\.0\.0\.1:[0-9]+$ ]]; }
# gone URL: nobody accepts a connection there any more.
gone() {
  curl --silent --output /dev/null --max-time 10 "$1/livez"
  is "$?" 7
}
# ben_is_before_the_rest: of the five answers his is not the last.
ben_is_before_the_rest() { [ "$(grep -n 'answered after' "$out" | grep -n '  ben 1 ' | cut -d: -f1)" -lt 5 ]; }
# shares URL KEY: calls of both people have been counted there.
shares() {
  [ "$(curl --silent --max-time 30 "$1/admin/api/status" -H "Authorization: Bearer $2" | jq -r '[.accounts.keys[].key] | sort | join(" ")')" = 'anna ben' ]
}
url_of_demo() { sed -n 's/.*the gateway on \(http[^ ]*\)\.$/\1/p' "$out"; }

"$scripts/run.sh" --demo --once >"$out" 2>&1
code=$?
check 'run.sh --demo --once ends with 0' is "$code" 0
check 'it says that the upstream is a stand-in' says 'An Ollama stand-in (no model runs in it)'
check 'it prints the plain answer' says '"object":"chat.completion"'
check 'it prints the stream up to its end' says 'data: [DONE]'
check 'it shows places in the queue' says 'queued position='
check 'and that a later person is answered before the rest of an earlier one' ben_is_before_the_rest
url=$(url_of_demo)
check 'it says where the gateway was' is_url "$url"
check 'nothing listens there any more' gone "$url"

start "$scripts/run.sh" --demo
check 'run.sh --demo stays up' until_says 'Ctrl-C stops the gateways and the stand-ins.'
url=$(url_of_demo)
check 'and says where Swagger is' says "$url/swagger"
check 'wget, the usual health check of containers, finds it alive' wget --quiet --tries 1 --timeout 30 --spider "$url/livez"
team=$(sed -n 's|^  Team *\(http[^ ]*\)/admin .*|\1|p' "$out")
admin_key=$(sed -n 's/^  Team .* the key //p' "$out")
check 'the page of the two people is there' curl --silent --fail --output /dev/null --max-time 30 "$team/admin"
check 'with its traffic' eventually shares "$team" "$admin_key"
check 'the API answers there' curl --silent --fail --output /dev/null --max-time 30 "$url/v1/models"
stop INT
check 'Ctrl-C ends it' is "$code" 130
check 'and the gateway with it' gone "$url"
check 'and the one of the two people' gone "$team"
cp "$root/artifacts/demo/gateway.log" "$out"
check 'which had drained and stopped in order' says 'LlamaGate has stopped'

start "$scripts/run-with-auth.sh" --demo
check 'run-with-auth.sh --demo stays up' until_says 'Ctrl-C stops the gateways and the stand-ins.'
url=$(url_of_demo)
key=$(grep -oE '^  [0-9a-f]{64}$' "$out" | tr -d ' ')
status() { curl --silent --output /dev/null --write-out '%{http_code}' --max-time 30 "$@"; }
check 'it shows a new key once' is "$(grep -cE '[0-9a-f]{64}' "$out")" 1
check 'without the key: 401' is "$(status "$url/v1/models")" 401
check 'with the key: 200' is "$(status "$url/v1/models" -H "X-API-Key: $key")" 200
team=$(sed -n 's|^  Team *\(http[^ ]*\)/admin .*|\1|p' "$out")
kill -TERM -- "-$started"
until_says 'Stopping …'
stop TERM
check 'SIGTERM ends it' is "$code" 143
check 'and a second one leaves nothing running' eventually gone "$url"
check 'neither of the two people' eventually gone "$team"

OLLAMA_HOST=127.0.0.1:9 start "$scripts/run.sh"
check 'run.sh without an Ollama starts all the same' until_says 'LlamaGate listens on'
check 'it says that no Ollama answers and where' says 'No Ollama answers at http://127.0.0.1:9.'
check 'it says how to go on' says 'ollama serve'
check '/health tells of it' is "$(status "http://127.0.0.1:$PORT/health")" 503
stop INT
check 'Ctrl-C ends the gateway in order' is "$code" 0

OLLAMA_HOST=nonsense "$scripts/run.sh" >"$out" 2>&1
code=$?
check 'a bad setting stops run.sh' is "$code" 1
check 'it is named' says 'OLLAMA_HOST: "nonsense" is not allowed'

OLLAMA_HOST=127.0.0.1:9 start "$scripts/run-debug.sh"
check 'run-debug.sh starts the gateway' until_says 'LlamaGate listens on'
status "http://127.0.0.1:$PORT/livez" >/dev/null
check 'with the log at debug level' until_says '"level":"debug"'
stop INT

mkdir "$work/bin"
for tool in bash dirname readlink cat curl; do ln -s "$(command -v "$tool")" "$work/bin/$tool"; done
PATH=$work/bin "$scripts/run.sh" >"$out" 2>&1
check 'without dotnet the script says what to install' says 'Install the .NET 10 SDK'

for script in run build test; do
  "$scripts/$script.sh" --dmeo >"$out" 2>&1
  code=$?
  check "$script.sh refuses an unknown argument" is "$code" 2
  check 'by its name' says "$script.sh: unknown argument '--dmeo'"
  check 'and says what it takes' says "$script.sh ["
done
"$scripts/run.sh" --once >"$out" 2>&1
code=$?
check '--once alone is refused' is "$code" 2
check 'and why' says 'run.sh: --once needs --demo'

mkdir "$work/links"
for script in run run-with-auth run-debug build test measure-binary; do
  ln -s "$scripts/$script.sh" "$work/links/$script"
  "$work/links/$script" --help >"$out" 2>&1
  code=$?
  check "$script.sh --help, through a link, ends with 0" is "$code" 0
  check 'and says what it takes' grep -qE '^(run|build|test|measure-binary)\.sh \[' "$out"
done

# Every other script says what it is for, and does nothing else.
while read -r script; do
  timeout 60 "$script" --help >"$out" 2>&1 </dev/null
  code=$?
  check "${script#"$root"/} --help ends with 0" is "$code" 0
  check 'and says what it is for' grep -q '[a-z] [a-z]' "$out"
done < <(ls "$scripts/release.sh" "$root"/scripts/supply-chain/*.sh "$root"/tests/*/run.sh "$root/tests/agents/all.sh" "$root/bench/soak.sh")

test_testing
result
