#!/usr/bin/env bash
# Runs bench/ once over a small scenario, so that it does not rot: tables, JSON, documents, an end that leaves nothing behind.
# How fast anything is is not looked at here.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/unix/lib.sh
. "$here/../../scripts/unix/lib.sh"
# shellcheck source=tests/checks.sh
. "$here/../checks.sh"
work=$(mktemp -d)
out=$work/out
export TMPDIR=$work/tmp
mkdir "$TMPDIR"
started=''

clean_up() {
  [ -z "$started" ] || kill -TERM "$started" 2>/dev/null
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

json() { jq -e "$1" "$work/out.json" >/dev/null; }

# Whatever a run starts runs in a directory below TMPDIR, which it removes.
leaves_nothing() {
  [ -z "$(find "$TMPDIR" -mindepth 1 -type d)" ] && ! find /proc/[0-9]*/cwd -lname "$TMPDIR/*" 2>/dev/null | grep -q .
}

if [ -z "${SKIP_BUILD:-}" ]; then
  dotnet build "$root/src/LlamaGate.Api" -c Release --nologo -v quiet || exit 1
  dotnet build "$root/bench/LlamaGate.Bench" -c Release --nologo -v quiet || exit 1
fi
export SKIP_BUILD=1
gateway=built=$root/src/LlamaGate.Api/bin/Release/net10.0

"$root/bench/run.sh" --quick --only plain,cancel --seconds 2 --skip nginx --cache-off --gateway "$gateway" --json "$work/out.json" \
  >"$out" 2>&1
check 'a run ends well' is $? 0
check 'it prints a table a scenario' says '### Plain chat, 200 B, 64 connections'
check 'with a row for the gateway' says '| built | '
check 'and one for the spread of two that are the same' says '| *A/A spread* | '
check 'and the targets' says '| CPU µs/request | ≤ 1.35 × YARP | 2.50 | '
check 'the JSON has both scenarios' json '[.scenarios[].name] == ["plain", "cancel"]'
check 'CPU was measured for the gateway' json '.scenarios[0].values.cpu.built | all(. > 0)'
check 'and bytes, from inside of it' json '.scenarios[0].values.allocated.built | all(. > 100)'
check 'every abort was seen' json '.scenarios[1].values."mid-seen".built == [100]'
check 'nothing went wrong' json '[.scenarios[].faults[]] == []'
check 'YARP is measured as it comes and with the switch' json '.scenarios[0].servers | map(.kind) | index("Yarp") and index("YarpInline")'
check 'and the gateway with its cache on and off' json '.scenarios[0].values.cpu | has("built") and has("built (cache off)")'
check 'nothing is left behind' leaves_nothing

# numbered FIRST: what the load sends, as the upstream keeps it for a model that is not the bench's own.
emulator=$root/tests/LlamaGate.OllamaEmulator/bin/Release/net10.0/ollama-emulator.dll
numbered() {
  printf '{"model":"nobody","messages":[{"role":"user","content":"#000000000000 hi"}]}' >"$work/numbered.json"
  curl --silent --request DELETE "$upstream/_emulator/requests"
  timeout --signal=INT 2 wrk -t1 -c2 -d3s -s "$root/bench/wrk/post.lua" "$upstream/api/chat" -- "$work/numbered.json" key "$1"
  curl --silent "$upstream/_emulator/requests" >"$work/requests.json"
}
sent() { jq -e "[.[].body] | $1" "$work/requests.json" >/dev/null; }
upstream=http://127.0.0.1:$(free_port 18580)
dotnet "$emulator" --port "${upstream##*:}" >/dev/null 2>&1 &
started=$!
check 'an upstream is there' wait_healthy "$upstream/api/version" "$started"
numbered 99999990 >"$out" 2>&1
check 'wrk sends distinct bodies' sent 'length > 20 and length == (unique | length)'
check 'of one length' sent 'map(length) | unique | length == 1'
check 'that count on past a carry' sent 'any(contains("#000100"))'
kill -TERM "$started"
wait "$started"
started=''

mkdir -p "$work/root/docs" "$work/root/bench"
cp "$root/bench/targets.json" "$work/root/bench/"
printf 'a\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nz\n' | tee "$work/root/README.md" >"$work/root/docs/performance.md"
"$root/bench/run.sh" --from "$work/out.json" --write-docs --root "$work/root" >"$out" 2>&1
check 'figures go into documents without a new run' grep -qF '| built | ' "$work/root/docs/performance.md"
check 'and a line into the README' grep -q '^- A plain request of 200 B costs [0-9]* µs' "$work/root/README.md"
check 'whose other text stays' is "$(sed -n '1p;$p' "$work/root/README.md")" "$(printf 'a\nz')"

"$root/bench/soak.sh" --minutes 0.05 --gateway "$gateway" >"$out" 2>&1
check 'a soak tells the memory' says 'RSS by thirds: '
check 'and that no error was the gateway'\''s own' says 'Own errors: 0 (0)'

# Its goals are not looked at: they depend on the machine.
"$root/bench/shared.sh" --quick --only prefix --json --gateway "${gateway#*=}" >"$work/shared.json" 2>"$out"
check 'clients that share a GPU are measured on both sides' jq -es \
  'map(select(.scenario == "prefix" and .direct != null and .gateway != null)) | length == 3' "$work/shared.json"
check 'and none of their calls is refused' jq -es 'any(.name == "refused or broken calls" and .gateway == 0)' "$work/shared.json"
check 'nothing of them is left behind' leaves_nothing
"$root/bench/shared.sh" --only never-heard-of >"$out" 2>&1
check 'a scenario that is not there is told by the exit code' is $? 2
check 'and by its name, with the usage' says "there is no scenario 'never-heard-of'"

"$root/bench/run.sh" --never-heard-of >"$out" 2>&1
check 'a wrong argument is told by the exit code' is $? 2
check 'and by its name' says "unknown argument '--never-heard-of'"

"$root/bench/run.sh" --quick --only plain --seconds 60 --gateway "$gateway" >"$out" 2>&1 &
started=$!
is_at_work() { find "$TMPDIR" -name body.json | grep -q .; }
check 'a run begins' eventually is_at_work
kill -TERM "$started"
wait "$started"
check 'a run that is ended says so' is $? 143
started=''
check 'and leaves nothing behind' leaves_nothing

result
